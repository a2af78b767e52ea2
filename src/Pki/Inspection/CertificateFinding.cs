namespace Actors.Pki;

/// <summary>One certificate of a workspace and what an operator should know of it.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Subject">Null when the file could not be read or there is no certificate yet.</param>
/// <param name="NotAfter">When it expires, UTC; null as above.</param>
/// <param name="Problem">The thing, the value and the remedy; null when all is well.</param>
public sealed record CertificateFinding(string Path, string? Subject, DateTimeOffset? NotAfter, string? Problem);
