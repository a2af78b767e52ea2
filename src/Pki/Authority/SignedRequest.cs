namespace Actors.Pki;

/// <summary>A certificate that was signed, logged and written.</summary>
/// <param name="Record">Its line in the issuance log.</param>
/// <param name="Path">The aggregator's certificate, or the package to send back to the collaborator; a full path.</param>
public sealed record SignedRequest(IssuedCertificate Record, string Path);
