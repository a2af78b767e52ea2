using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Workspaces;

namespace Actors.Contracts.Federations.Tests;

public sealed class SignedExperimentTests : IDisposable
{
    private static readonly ExperimentDigests Digests = new("digits", FileDigest.Of("archive"u8), FileDigest.Of("model"u8));

    private readonly X509Certificate2 _alice = Certificate(ECDsa.Create(ECCurve.NamedCurves.nistP384));

    public void Dispose() => _alice.Dispose();

    [Fact]
    public void Text_IsWhatSha384sumPrints()
    {
        var (archive, model) = (Convert.ToHexStringLower(SHA384.HashData("archive"u8)), Convert.ToHexStringLower(SHA384.HashData("model"u8)));
        Assert.Equal($"{archive}  digits.zip\n{model}  digits.pbuf\n", Digests.ToString());
        Assert.Equal(Digests, ExperimentDigests.Parse(Digests.ToString()));
    }

    [Fact]
    public void Verify_OfASoundSignature_NamesAuthorAndDigests()
    {
        var verdict = SignedExperiment.Of(Digests, _alice).Verify(_ => null);
        Assert.True(verdict.Holds);
        Assert.Equal((Digests, "alice"), (verdict.Digests, verdict.Author));
    }

    [Fact]
    public void Verify_WithAnRsaKey_HoldsToo()
    {
        using var rsa = Certificate(RSA.Create(3072));
        Assert.True(SignedExperiment.Of(Digests, rsa).Verify(_ => null).Holds);
    }

    [Fact]
    public void Verify_OfAChangedText_IsRefused()
    {
        var signed = SignedExperiment.Of(Digests, _alice);
        AssertRefused(signed with { Text = signed.Text.Replace("digits", "others", StringComparison.Ordinal) }, "The signature is not that of 'CN=alice'");
    }

    [Fact]
    public void Verify_WithAnothersCertificate_IsRefused()
    {
        using var eve = Certificate(ECDsa.Create(ECCurve.NamedCurves.nistP384), "eve");
        AssertRefused(SignedExperiment.Of(Digests, _alice) with { Certificate = eve.RawData }, "The signature is not that of 'CN=eve'");
    }

    [Fact]
    public void Verify_OfAnAuthorWhoIsNotTrusted_SaysWhy() => Assert.Equal(
        "The author is not trusted. It expired.", SignedExperiment.Of(Digests, _alice).Verify(_ => "It expired.").Problem);

    [Fact]
    public void Verify_OfRubbish_IsRefused()
    {
        AssertRefused(SignedExperiment.Of(Digests, _alice) with { Certificate = [1, 2, 3] }, "cannot be read");
        AssertRefused(SignedExperiment.Of(Digests, _alice) with { Signature = [1, 2, 3] }, "The signature is not that of");
    }

    [Theory]
    [InlineData("")]
    [InlineData("digits")]
    [InlineData("00  ../digits.zip\n00  ../digits.pbuf\n")]
    public void Parse_OfAnotherText_IsRefused(string text) => Assert.Throws<FormatException>(() => ExperimentDigests.Parse(text));

    [Fact]
    public void Parse_OfTwoNames_IsRefused() => Assert.Throws<FormatException>(
        () => ExperimentDigests.Parse(Digests.ToString().Replace("digits.pbuf", "others.pbuf", StringComparison.Ordinal)));

    private static void AssertRefused(SignedExperiment signed, string problem)
    {
        var verdict = signed.Verify(_ => null);
        Assert.False(verdict.Holds);
        Assert.Contains(problem, verdict.Problem, StringComparison.Ordinal);
    }

    private static X509Certificate2 Certificate(AsymmetricAlgorithm key, string name = "alice")
    {
        var subject = new X500DistinguishedName($"CN={name}");
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA384);
        var now = TimeProvider.System.GetUtcNow();
        using (key)
        {
            return request.CreateSelfSigned(now.AddMinutes(-1), now.AddDays(1));
        }
    }
}
