using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Actors.Contracts.Federations;

/// <summary>What an author signed, as it travels beside the archive.</summary>
/// <param name="Text">The digests, as <see cref="ExperimentDigests"/> writes them.</param>
/// <param name="Signature">The author's signature under the text.</param>
/// <param name="Certificate">The author's certificate, DER.</param>
public sealed record SignedExperiment(string Text, byte[] Signature, byte[] Certificate)
{
    /// <summary>The name of what was signed: SHA-384 of its text, 96 lower-case hexadecimal digits.</summary>
    public string Digest => Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>Signs the digests of an experiment.</summary>
    public static SignedExperiment Of(ExperimentDigests digests, X509Certificate2 author)
    {
        ArgumentNullException.ThrowIfNull(digests);
        ArgumentNullException.ThrowIfNull(author);
        var text = digests.ToString();
        return new(text, AuthorSignature.Sign(text, author), author.RawData);
    }

    /// <summary>Looks whether a trusted author has signed it.</summary>
    /// <param name="trust">What is wrong with the author's certificate, as a sentence; null when it is trusted.</param>
    public SignatureVerdict Verify(Func<X509Certificate2, string?> trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Certificate);
            if (trust(certificate) is { } problem)
            {
                return SignatureVerdict.Refused($"The author is not trusted. {problem}");
            }

            return AuthorSignature.Holds(Text, Signature, certificate)
                ? new(ExperimentDigests.Parse(Text), certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), null)
                : SignatureVerdict.Refused($"The signature is not that of '{certificate.Subject}' under these digests. Have the experiment signed and sent again.");
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return SignatureVerdict.Refused($"What the author signed cannot be read ({problem.Message.TrimEnd('.')}). Have the experiment signed and sent again.");
        }
    }
}
