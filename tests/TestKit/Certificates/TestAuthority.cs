using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.Pki;

namespace Actors.TestKit.Certificates;

/// <summary>
/// A federation's certificate authority made for one test run, in a temporary folder that goes with it. Certificates are
/// asked for by name: the same name gives the same certificate. Everything returned belongs to the authority and is
/// disposed with it. Not safe for concurrent use.
/// </summary>
public sealed class TestAuthority : IDisposable
{
    private readonly Dictionary<string, X509Certificate2> _certificates = [];
    private readonly CertificateFolder _folder;
    private readonly CertificateAuthority _authority;
    private TestAuthority? _stranger;

    private TestAuthority(string workspace, TimeProvider clock)
    {
        Clock = clock;
        _folder = new CertificateFolder(workspace);
        _authority = CertificateAuthority.Create(workspace, clock);
    }

    public TimeProvider Clock { get; }

    /// <summary>The authority's own workspace, with all keys.</summary>
    public string Workspace => _folder.Workspace;

    /// <summary>The chain that both ends trust.</summary>
    public string ChainPath => _folder.Chain;

    /// <summary>The signed revocation list; <see cref="Revoke"/> rewrites it.</summary>
    public string RevocationListPath => _folder.RevocationList;

    /// <summary>Makes a new authority.</summary>
    /// <param name="clock">Null for the machine's clock, which a test with real TLS needs.</param>
    public static TestAuthority Create(TimeProvider? clock = null) =>
        new(Directory.CreateTempSubdirectory("test-authority-").FullName, clock ?? TimeProvider.System);

    /// <summary>A sound collaborator certificate with its key, made the way an operator makes one.</summary>
    public X509Certificate2 Collaborator(string name) => Once($"collaborator {name}", () =>
    {
        new CertificateRequests(Workspace, Clock).CreateForCollaborator(name);
        var signed = _authority.Sign(CertificateAuthority.InspectPackage(_folder.RequestPackage(name), name));
        new CertificateImport(Workspace, Clock).Import(signed.Path);
        return Load(PeerRole.Collaborator, name);
    });

    /// <summary>A sound operator certificate with its key, made the way an operator makes one.</summary>
    public X509Certificate2 Operator(string name) => Once($"operator {name}", () =>
    {
        new CertificateRequests(Workspace, Clock).CreateForOperator(name);
        var request = CertificateAuthority.InspectPackage(_folder.RequestPackage(name, PeerRole.Operator), name, PeerRole.Operator);
        new CertificateImport(Workspace, Clock).Import(_authority.Sign(request).Path, role: PeerRole.Operator);
        return Load(PeerRole.Operator, name);
    });

    /// <summary>A sound aggregator certificate with its key, for one host name or address, made the way an operator makes one.</summary>
    public X509Certificate2 Aggregator(string host) => Once($"aggregator {host}", () =>
    {
        new CertificateRequests(Workspace, Clock).CreateForAggregator(host);
        _authority.Sign(_authority.InspectAggregator(host));
        return Load(PeerRole.Aggregator, host);
    });

    /// <summary>A sound aggregator certificate for both <c>localhost</c> and <c>127.0.0.1</c>.</summary>
    public X509Certificate2 Aggregator() => Once("loopback", () =>
        Forge(PeerRole.Aggregator, "localhost", TimeSpan.Zero, ECDsa.Create(ECCurve.NamedCurves.nistP384)));

    /// <summary>Ended yesterday.</summary>
    public X509Certificate2 Expired(string name, PeerRole role = PeerRole.Collaborator) => Once($"expired {role} {name}", () =>
        Forge(role, name, TimeSpan.FromDays(-2), ECDsa.Create(ECCurve.NamedCurves.nistP384)));

    /// <summary>Begins tomorrow.</summary>
    public X509Certificate2 NotYetValid(string name, PeerRole role = PeerRole.Collaborator) => Once($"early {role} {name}", () =>
        Forge(role, name, TimeSpan.FromDays(1), ECDsa.Create(ECCurve.NamedCurves.nistP384)));

    /// <summary>Sound, but of another authority with the same name.</summary>
    public X509Certificate2 Foreign(string name) => (_stranger ??= Create(Clock)).Collaborator(name);

    /// <summary>Signed by this authority although its key is RSA 2048.</summary>
    public X509Certificate2 WeakRsa(string name, PeerRole role = PeerRole.Collaborator) => Once($"rsa2048 {role} {name}", () =>
        Forge(role, name, TimeSpan.Zero, RSA.Create(2048)));

    /// <summary>Signed by this authority although its key is on the curve P-256.</summary>
    public X509Certificate2 WeakCurve(string name, PeerRole role = PeerRole.Collaborator) => Once($"p256 {role} {name}", () =>
        Forge(role, name, TimeSpan.Zero, ECDsa.Create(ECCurve.NamedCurves.nistP256)));

    /// <summary>A certificate made for an aggregator that carries a collaborator's name.</summary>
    public X509Certificate2 ServerAsClient(string name) => Once($"server {name}", () =>
        Forge(PeerRole.Aggregator, name, TimeSpan.Zero, ECDsa.Create(ECCurve.NamedCurves.nistP384)));

    /// <summary>Names the collaborator but says nothing of what it is for, as some authorities make them.</summary>
    public X509Certificate2 WithoutUsage(string name) => Once($"usage {name}", () =>
        Forge(null, name, TimeSpan.Zero, ECDsa.Create(ECCurve.NamedCurves.nistP384)));

    /// <summary>A certificate that was sound until it was put on the revocation list.</summary>
    public X509Certificate2 Revoked(string name)
    {
        var certificate = Collaborator(name);
        Revoke(name);
        return certificate;
    }

    /// <summary>Puts a collaborator's certificate on the revocation list; repeatable.</summary>
    public void Revoke(string collaborator) => _authority.RevokeCollaborator(collaborator);

    /// <summary>The trust of a peer of this federation, revocation included.</summary>
    public PeerTrust Trust() => new(ChainPath, Clock, new RevocationList(RevocationListPath, ChainPath, Clock));

    /// <summary>
    /// Writes the layout of a workspace under <paramref name="directory"/>: chain, revocation list, the aggregator's and the
    /// collaborators' certificates and keys. The authority's own keys stay here.
    /// </summary>
    public CertificateFolder WriteWorkspace(string directory, string aggregatorHost, params string[] collaborators)
    {
        _ = Aggregator(aggregatorHost);
        var target = new CertificateFolder(directory);
        Copy(_folder.Certificate(PeerRole.Aggregator, aggregatorHost), target.Certificate(PeerRole.Aggregator, aggregatorHost));
        Copy(_folder.Key(PeerRole.Aggregator, aggregatorHost), target.Key(PeerRole.Aggregator, aggregatorHost));
        foreach (var name in collaborators)
        {
            _ = Collaborator(name);
            Copy(_folder.Certificate(PeerRole.Collaborator, name), target.Certificate(PeerRole.Collaborator, name));
            Copy(_folder.Key(PeerRole.Collaborator, name), target.Key(PeerRole.Collaborator, name));
        }

        Copy(_folder.Chain, target.Chain);
        Copy(_folder.RevocationList, target.RevocationList);
        return target;
    }

    public void Dispose()
    {
        foreach (var certificate in _certificates.Values)
        {
            certificate.Dispose();
        }

        _stranger?.Dispose();
        Directory.Delete(Workspace, recursive: true);
    }

    private X509Certificate2 Once(string key, Func<X509Certificate2> make) =>
        _certificates.TryGetValue(key, out var known) ? known : _certificates[key] = make();

    private X509Certificate2 Load(PeerRole role, string name) =>
        PeerTrust.LoadIdentity(_folder.Certificate(role, name), _folder.Key(role, name));

    private X509Certificate2 Forge(PeerRole? role, string name, TimeSpan begin, AsymmetricAlgorithm key)
    {
        using var _ = key;
        using var issuer = PeerTrust.LoadIdentity(_folder.SigningCertificate, _folder.SigningKey);
        return ForgedCertificate.Make(issuer, role, name, Clock.GetUtcNow() + begin, key);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
