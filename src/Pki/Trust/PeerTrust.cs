using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki;

/// <summary>
/// Decides, on both ends of the wire, whether a peer's certificate is to be believed. No network is used. Safe for
/// concurrent use; meant to live as long as the process.
/// </summary>
public sealed class PeerTrust
{
    // Building a path costs milliseconds of signatures, and every call asks. Nothing about a path that was found changes but what is judged
    // each time. Only authorities' own certificates get one, so the limit is for a federation far beyond any other's size.
    private const int MostPaths = 100_000;
    private const string CommonNameOid = "2.5.4.3";

    private readonly ConcurrentDictionary<(string Fingerprint, PeerRole Role), TrustPath> _paths = new();
    private readonly TrustBundle _bundle;
    private readonly TimeProvider _clock;
    private readonly RevocationList? _revocations;
    private readonly bool _acceptMissingUsage;
    private int _pathsBuilt;

    /// <summary>Reads the bundle once; a replaced bundle needs a new instance.</summary>
    /// <param name="chainPath">A PEM bundle: self-signed authorities are trusted roots, others only lead to them.</param>
    /// <param name="clock">Says what time it is for validity.</param>
    /// <param name="revocations">Null when the authority publishes no list.</param>
    /// <param name="acceptMissingUsage">
    /// Accept certificates without an extended key usage, as some authorities make them; then a collaborator's certificate
    /// serves as an aggregator's too. Default: false.
    /// </param>
    /// <exception cref="PkiException">The bundle cannot be read or has no root.</exception>
    public PeerTrust(string chainPath, TimeProvider clock, RevocationList? revocations = null, bool acceptMissingUsage = false)
        : this(TrustBundle.Read(chainPath), clock, revocations, acceptMissingUsage)
    {
    }

    internal PeerTrust(TrustBundle bundle, TimeProvider clock, RevocationList? revocations, bool acceptMissingUsage)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _bundle = bundle;
        _clock = clock;
        _revocations = revocations;
        _acceptMissingUsage = acceptMissingUsage;
    }

    /// <summary>How often a path was looked for.</summary>
    internal int PathsBuilt => _pathsBuilt;

    /// <summary>Judges a certificate; whether it names the right host or collaborator is the caller's next question.</summary>
    /// <param name="presented">What the peer presented; null when nothing. Not kept.</param>
    /// <param name="extraChain">Authorities the peer sent along; they help to find a path but are not trusted. May be null.</param>
    /// <param name="role">What the peer claims to be.</param>
    public TrustVerdict Verify(X509Certificate2? presented, IEnumerable<X509Certificate2>? extraChain, PeerRole role)
    {
        if (presented is null)
        {
            return new TrustVerdict(
                TrustOutcome.NoCertificate,
                $"The {role.Noun()} presented no certificate; "
                + "have one signed by this federation's authority and configure it.");
        }

        var now = _clock.GetUtcNow();
        var id = (presented.GetCertHashString(HashAlgorithmName.SHA384), role);
        if (!_paths.TryGetValue(id, out var path))
        {
            if (FindPath(presented, extraChain, role, now, out path) is { } refusal)
            {
                return refusal;
            }

            Remember(id, path);
        }

        return Judge(path, now);
    }

    /// <summary>What is wrong with a certificate, as a sentence; null when it is trusted. See <see cref="Verify"/>.</summary>
    public string? ProblemWith(X509Certificate2? presented, PeerRole role) =>
        Verify(presented, null, role) is { IsTrusted: false } verdict ? verdict.Sentence : null;

    /// <summary>Whether the certificate's alternative names hold this host name or IP address; the common name does not count.</summary>
    public static bool MatchesHost(X509Certificate2 certificate, string host)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentException.ThrowIfNullOrEmpty(host);
        return certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: false);
    }

    /// <summary>
    /// The peer's name: the one common name of the subject, exactly as written; null when there is none or more than one.
    /// </summary>
    public static string? CommonName(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => part.HasMultipleElements || part.GetSingleElementType().Value == CommonNameOid)
            .Take(2)
            .ToList();
        return names is [{ HasMultipleElements: false } name] ? name.GetSingleElementValue() : null;
    }

    /// <summary>This end's certificate with its private key, fit for TLS; the caller disposes it.</summary>
    /// <exception cref="PkiException">A file cannot be read, the key is encrypted, or the two do not belong together.</exception>
    public static X509Certificate2 LoadIdentity(string certPath, string keyPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(certPath);
        ArgumentException.ThrowIfNullOrEmpty(keyPath);
        return IdentityFile.Load(certPath, keyPath);
    }

    private TrustVerdict? FindPath(
        X509Certificate2 presented, IEnumerable<X509Certificate2>? extraChain, PeerRole role, DateTimeOffset now, out TrustPath path)
    {
        Interlocked.Increment(ref _pathsBuilt);
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_bundle.Roots);
        policy.ExtraStore.AddRange(_bundle.Intermediates);
        policy.ExtraStore.AddRange(extraChain?.ToArray() ?? []);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new Oid(TrustRules.UsageOf(role)));
        policy.VerificationTime = now.UtcDateTime;
        chain.Build(presented);

        path = TrustPath.Of(chain);
        var refusal = TrustRules.CheckAuthority(chain, presented)
            ?? TrustRules.CheckStrength(chain, role)
            ?? TrustRules.CheckUsage(chain, presented, role, _acceptMissingUsage);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return refusal;
    }

    private TrustVerdict Judge(TrustPath path, DateTimeOffset now)
    {
        foreach (var link in path.Links)
        {
            if (now < link.NotBefore)
            {
                return new TrustVerdict(
                    TrustOutcome.NotYetValid,
                    $"The certificate '{link.Subject}' is not valid before {Printable.Of(link.NotBefore)}; "
                    + "check the clocks of both machines.");
            }

            if (now > link.NotAfter)
            {
                return new TrustVerdict(
                    TrustOutcome.Expired,
                    $"The certificate '{link.Subject}' expired at {Printable.Of(link.NotAfter)}; "
                    + "have a new one signed by the federation's authority.");
            }

            if (_revocations?.IsRevoked(link.Id) == true)
            {
                return new TrustVerdict(
                    TrustOutcome.Revoked,
                    $"The certificate '{link.Subject}' with serial {link.Id.Serial} was revoked; "
                    + "make a new key and have it signed if the peer is still welcome.");
            }
        }

        return new TrustVerdict(TrustOutcome.Trusted, $"The certificate '{path.Links[0].Subject}' is trusted.");
    }

    private void Remember((string Fingerprint, PeerRole Role) id, TrustPath path)
    {
        if (_paths.Count >= MostPaths)
        {
            _paths.Clear();
        }

        _paths[id] = path;
    }
}
