using System.Security.Cryptography.X509Certificates;

using Actors.Pki;
using Actors.Silo.Security;

namespace Actors.Experiments.Running;

/// <summary>An authority for one experiment, in a folder that goes with it.</summary>
internal sealed class LocalAuthority : IPeerTrust, IDisposable
{
    /// <summary>The aggregator's host.</summary>
    public const string Host = "localhost";

    private readonly CertificateFolder _folder;
    private readonly CertificateAuthority _authority;
    private readonly CertificateRequests _requests;
    private readonly PeerTrust _trust;
    private readonly List<X509Certificate2> _certificates = [];
    private readonly TimeProvider _clock;

    /// <summary>Makes the authority.</summary>
    /// <param name="folder">An empty folder that only this user may read.</param>
    /// <param name="clock">The machine's clock, by which TLS judges.</param>
    public LocalAuthority(string folder, TimeProvider clock)
    {
        (_folder, _clock) = (new(folder), clock);
        _authority = CertificateAuthority.Create(folder, clock);
        _requests = new(folder, clock);
        _trust = new(_folder.Chain, clock);
    }

    /// <summary>The aggregator's certificate; the authority disposes it.</summary>
    public X509Certificate2 Aggregator()
    {
        _requests.CreateForAggregator(Host);
        _authority.Sign(_authority.InspectAggregator(Host));
        return Load(PeerRole.Aggregator, Host);
    }

    /// <summary>A collaborator's certificate; the authority disposes it.</summary>
    public X509Certificate2 Collaborator(string name)
    {
        _requests.CreateForCollaborator(name);
        return SignClient(PeerRole.Collaborator, name);
    }

    /// <summary>An operator's certificate; the authority disposes it.</summary>
    public X509Certificate2 Operator(string name)
    {
        _requests.CreateForOperator(name);
        return SignClient(PeerRole.Operator, name);
    }

    /// <inheritdoc/>
    public string? ProblemWith(X509Certificate2? certificate) => Problem(certificate, PeerRole.Collaborator);

    /// <summary>What is wrong with an aggregator's certificate; null when it is trusted.</summary>
    public string? ProblemWithAggregator(X509Certificate2 certificate) => Problem(certificate, PeerRole.Aggregator);

    /// <inheritdoc/>
    public void Dispose() => _certificates.ForEach(certificate => certificate.Dispose());

    private X509Certificate2 SignClient(PeerRole role, string name)
    {
        var signed = _authority.Sign(CertificateAuthority.InspectPackage(_folder.RequestPackage(name, role), name, role));
        new CertificateImport(_folder.Workspace, _clock).Import(signed.Path, role: role);
        return Load(role, name);
    }

    private X509Certificate2 Load(PeerRole role, string name)
    {
        var certificate = NodeIdentity.Load(_folder.Workspace, role, name);
        _certificates.Add(certificate);
        return certificate;
    }

    private string? Problem(X509Certificate2? certificate, PeerRole role) =>
        _trust.ProblemWith(certificate, role);
}
