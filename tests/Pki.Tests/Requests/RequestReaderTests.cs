using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Pkcs;

namespace Actors.Pki.Tests;

public class RequestReaderTests
{
    public static TheoryData<string, string> WeakKeys => new()
    {
        { "rsa", "the key RSA 2048" },
        { "p256", "the key EC secp256r1" },
    };

    [Theory]
    [MemberData(nameof(WeakKeys))]
    public void Inspect_RequestWithWeakKey_IsRefusedAndNamesTheRemedy(string kind, string value)
    {
        using AsymmetricAlgorithm key = kind == "rsa" ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var refusal = RefusalOf(Scratch.RequestPem("CN=one", key));

        Assert.Contains("col_one.csr", refusal, StringComparison.Ordinal);
        Assert.Contains(value, refusal, StringComparison.Ordinal);
        Assert.Contains("make a new key with ECDSA secp384r1 or RSA 3072", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SHA1WITHECDSA", "ECDSA with SHA-1")]
    [InlineData("SHA256WITHECDSA", "ECDSA with SHA-256")]
    public void Inspect_RequestWithWeakSignature_IsRefusedAndNamesTheRemedy(string algorithm, string value)
    {
        var key = SigningKey.Generate(KeyAlgorithm.EcdsaP384, out _);
        var signer = new Asn1SignatureFactory(algorithm, key.Private);
        var request = new Pkcs10CertificationRequest(signer, DistinguishedName.OfPeer("one"), key.Public, attributes: null);
        var refusal = RefusalOf(PemEncoding.WriteString("CERTIFICATE REQUEST", request.GetDerEncoded()));

        Assert.Contains(value, refusal, StringComparison.Ordinal);
        Assert.Contains("again with SHA-384", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CN=two", "'two'")]
    [InlineData("CN=ONE", "'ONE'")]
    [InlineData("O=one", "'nobody'")]
    [InlineData("CN=one, CN=two", "'nobody'")]
    public void Inspect_RequestForAnotherName_IsRefused(string subject, string named)
    {
        var refusal = RefusalOf(Scratch.RequestPem(subject));
        Assert.Contains($"names {named} but 'one' was to be signed", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_RequestWhoseNameWasAltered_IsRefused()
    {
        var der = Convert.FromBase64String(string.Concat(Scratch.RequestPem("CN=two").Split('\n')[1..^2]));
        der.AsSpan()[der.AsSpan().IndexOf("two"u8)..][..3].Clear();
        "one"u8.CopyTo(der.AsSpan()[der.AsSpan().IndexOf("\0\0\0"u8)..]);

        var refusal = RefusalOf(PemEncoding.WriteString("CERTIFICATE REQUEST", der));

        Assert.Contains("not signed by the key it carries", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "none")]
    public void Inspect_AFileThatIsNoRequest_SaysWhatItShouldHold(string text, string found) =>
        Assert.Contains($"exactly one PEM block 'CERTIFICATE REQUEST' but holds {found}", RefusalOf(text), StringComparison.Ordinal);

    [Fact]
    public void Inspect_AFileWithTwoRequests_IsRefused() =>
        Assert.Contains("several", RefusalOf(Scratch.RequestPem("CN=one") + Scratch.RequestPem("CN=one")), StringComparison.Ordinal);

    [Theory]
    [InlineData("MAA=")]
    [InlineData("AAAA")]
    [InlineData("MIIBAjAA")]
    public void Inspect_ADamagedRequest_IsRefused(string base64)
    {
        var refusal = RefusalOf($"-----BEGIN CERTIFICATE REQUEST-----\n{base64}\n-----END CERTIFICATE REQUEST-----\n");
        Assert.Contains("is damaged", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_AMissingRequest_SaysSo()
    {
        using var scratch = new Scratch();
        var refusal = Scratch.Refusal(() => scratch.Authority.InspectAggregator("agg.example.org"));
        Assert.Contains("agg_agg.example.org.csr does not exist", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_AnRsa3072RequestFromElsewhere_IsAccepted()
    {
        using var scratch = new Scratch();
        using var key = RSA.Create(3072);
        scratch.PlaceRequest(PeerRole.Collaborator, "one", Scratch.RequestPem("CN=one", key));

        var inspected = scratch.Authority.InspectCollaborator("one");

        Assert.Equal(("one", PeerRole.Collaborator, "RSA 3072"), (inspected.Name, inspected.Role, inspected.KeyAlgorithm));
    }

    private static string RefusalOf(string pem)
    {
        using var scratch = new Scratch();
        scratch.PlaceRequest(PeerRole.Collaborator, "one", pem);
        return Scratch.Refusal(() => scratch.Authority.InspectCollaborator("one"));
    }
}
