using Org.BouncyCastle.Asn1.X509;

namespace Actors.Pki;

/// <summary>Subjects, built from parts rather than from text, so that no name can add an attribute.</summary>
internal static class DistinguishedName
{
    public static X509Name OfPeer(string name) => new([X509Name.CN], [name]);

    public static X509Name OfRoot(string organization) => OfAuthority(organization, "Root CA");

    public static X509Name OfSigning(string organization) => OfAuthority(organization, "Signing CA");

    private static X509Name OfAuthority(string organization, string part) =>
        new([X509Name.O, X509Name.CN], [organization, $"{organization} {part}"]);
}
