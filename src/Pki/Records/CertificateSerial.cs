using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Math;

namespace Actors.Pki;

/// <summary>A certificate's serial number: upper-case hexadecimal without leading zeros. Unique within one authority.</summary>
public readonly record struct CertificateSerial
{
    // RFC 5280 allows 20 octets.
    private const int MaxDigits = 40;

    private readonly string? _digits;

    private CertificateSerial(string digits) => _digits = digits;

    public static CertificateSerial Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new CertificateSerial(Trim(certificate.SerialNumber));
    }

    /// <summary>Reads hexadecimal digits, in either case, with or without colons and leading zeros.</summary>
    /// <exception cref="PkiException">The text is not 1 to 40 hexadecimal digits.</exception>
    public static CertificateSerial Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = Trim(text.Trim().Replace(":", "", StringComparison.Ordinal).ToUpperInvariant());
        return digits.Length is > 0 and <= MaxDigits && digits.All(char.IsAsciiHexDigit)
            ? new CertificateSerial(digits)
            : throw new PkiException(
                $"The serial number '{Printable.Of(text)}' is not hexadecimal; copy it from the list of issued certificates.");
    }

    public override string ToString() => _digits ?? "0";

    internal static CertificateSerial Of(BigInteger number) =>
        new(Trim(Convert.ToHexString(number.ToByteArrayUnsigned())));

    internal BigInteger ToNumber() => new(ToString(), 16);

    private static string Trim(string digits)
    {
        var significant = digits.TrimStart('0');
        return significant.Length > 0 || digits.Length == 0 ? significant : "0";
    }
}
