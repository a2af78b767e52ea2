namespace Actors.Pki;

/// <summary>A key and the request for it, freshly made on this machine. Paths are full.</summary>
/// <param name="Name">The name in the request: the host in lower case, or the label as typed.</param>
/// <param name="KeyPath">Readable by its owner only; it must not leave this machine.</param>
/// <param name="RequestPath">The certificate signing request.</param>
/// <param name="PackagePath">The zip to send to the aggregator's operator; null for an aggregator or when none was asked for.</param>
/// <param name="Fingerprint">SHA-384 of the request's PEM bytes, lower-case hexadecimal, to be compared by voice.</param>
public sealed record CreatedRequest(string Name, string KeyPath, string RequestPath, string? PackagePath, string Fingerprint);
