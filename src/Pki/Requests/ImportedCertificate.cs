namespace Actors.Pki;

/// <summary>What an import put in place.</summary>
/// <param name="Name">The label the certificate names.</param>
/// <param name="CertificatePath">Full path of the certificate.</param>
/// <param name="NotAfter">When it expires, UTC.</param>
/// <param name="ChainFingerprint">SHA-384 of the chain file's bytes, lower-case hexadecimal, to be compared with the operator's.</param>
public sealed record ImportedCertificate(string Name, string CertificatePath, DateTimeOffset NotAfter, string ChainFingerprint);
