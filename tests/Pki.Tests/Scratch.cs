using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Pki.Tests;

/// <summary>A temporary workspace at a fixed time, with an authority once one is asked for.</summary>
internal sealed class Scratch : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private CertificateAuthority? _authority;

    public FakeTimeProvider Clock { get; } = new(Start);

    public string Workspace { get; } = Directory.CreateTempSubdirectory("pki-").FullName;

    public CertificateFolder Folder => new(Workspace);

    public CertificateAuthority Authority => _authority ??= CertificateAuthority.Create(Workspace, Clock);

    public CertificateRequests Requests => new(Workspace, Clock);

    public SignedRequest SignedCollaborator(string label)
    {
        Requests.CreateForCollaborator(label, overwrite: true);
        return Authority.Sign(CertificateAuthority.InspectPackage(Folder.RequestPackage(label)));
    }

    public X509Certificate2 SignedAggregator(string host)
    {
        Requests.CreateForAggregator(host);
        return X509CertificateLoader.LoadCertificateFromFile(Authority.Sign(Authority.InspectAggregator(host)).Path);
    }

    /// <summary>Signs and imports in the same workspace.</summary>
    public X509Certificate2 Collaborator(string label)
    {
        new CertificateImport(Workspace, Clock).Import(SignedCollaborator(label).Path);
        return X509CertificateLoader.LoadCertificateFromFile(Folder.Certificate(PeerRole.Collaborator, label));
    }

    /// <summary>Puts a request made elsewhere where the authority looks for it.</summary>
    public void PlaceRequest(PeerRole role, string name, string pem)
    {
        var path = Folder.Request(role, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, pem);
    }

    public static string RequestPem(string subject, AsymmetricAlgorithm? key = null, HashAlgorithmName? hash = null)
    {
        using var made = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return Request(subject, made, hash ?? HashAlgorithmName.SHA384).CreateSigningRequestPem() + "\n";
    }

    public static CertificateRequest Request(string subject, AsymmetricAlgorithm key, HashAlgorithmName hash) => key is RSA rsa
        ? new CertificateRequest(new X500DistinguishedName(subject), rsa, hash, RSASignaturePadding.Pkcs1)
        : new CertificateRequest(new X500DistinguishedName(subject), (ECDsa)key, hash);

    public static string Refusal(Action action) => Assert.Throws<PkiException>(action).Message;

    public void Dispose() => Directory.Delete(Workspace, recursive: true);
}
