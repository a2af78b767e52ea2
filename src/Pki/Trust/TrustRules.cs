using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki;

/// <summary>The rules that do not change with time; each returns a refusal or null.</summary>
internal static class TrustRules
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    // Time is judged by TrustPath on every call; revocation by our own list.
    private const X509ChainStatusFlags JudgedElsewhere =
        X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotTimeNested | X509ChainStatusFlags.NotValidForUsage
        | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    public static string UsageOf(PeerRole role) => role == PeerRole.Aggregator ? ServerAuth : ClientAuth;

    public static TrustVerdict? CheckAuthority(X509Chain chain, X509Certificate2 leaf)
    {
        var faults = chain.ChainStatus.Select(status => status.Status & ~JudgedElsewhere).Where(fault => fault != 0).ToList();
        return faults.Count == 0
            ? null
            : new TrustVerdict(
                TrustOutcome.ForeignAuthority,
                $"The certificate {Subject(leaf)}, issued by {Printable.Of(leaf.Issuer)}, "
                + $"does not lead to a trusted authority ({string.Join(", ", faults)}); "
                + "have it signed by this federation's authority, or add that authority's chain to the trusted bundle.");
    }

    public static TrustVerdict? CheckStrength(X509Chain chain, PeerRole role)
    {
        var root = chain.ChainElements[^1].Certificate;
        foreach (var (index, certificate) in chain.ChainElements.Select(element => element.Certificate).Index())
        {
            var key = KeyStrength.Of(certificate.PublicKey, index == 0 ? role : null);
            var signature = certificate.SignatureAlgorithm.Value ?? "";
            var weakness = !key.IsEnough ? $"the key {key.Name}"

                // Nobody relies on a root's signature of itself.
                : certificate != root && SignatureStrength.IsBroken(signature) ? $"a signature with {SignatureStrength.NameOf(signature)}"
                : null;
            if (weakness is not null)
            {
                return new TrustVerdict(
                    TrustOutcome.WeakKey,
                    $"The certificate {Subject(certificate)} has {weakness}, which is too weak; "
                    + $"{KeyStrength.Remedy} and have it signed with SHA-384.");
            }
        }

        return null;
    }

    public static TrustVerdict? CheckUsage(X509Chain chain, X509Certificate2 leaf, PeerRole role, bool acceptMissing)
    {
        var extended = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
        var usage = leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        var problem =
            TrustBundle.IsAuthority(leaf) ? "is an authority's own"
            : usage is not null && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature) ? "may not make signatures"
            : extended.Count == 0 && (!acceptMissing || role == PeerRole.Operator) ? "has no extended key usage"
            : extended.Any(extension => extension.EnhancedKeyUsages[UsageOf(role)] is null) || MarksOperator(extended) != (role == PeerRole.Operator)
                ? "is made for another role"
            : chain.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotValidForUsage))
                ? "comes from an authority that may not issue it"
            : null;
        return problem is null
            ? null
            : new TrustVerdict(
                TrustOutcome.WrongUsage,
                $"The certificate {Subject(leaf)} {problem} and does not serve as "
                + $"{(role == PeerRole.Collaborator ? "a" : "an")} {role.Noun()}'s; present one with the extended key usage {WantedUsage(role)}.");
    }

    private static bool MarksOperator(IEnumerable<X509EnhancedKeyUsageExtension> extended) =>
        extended.Any(extension => extension.EnhancedKeyUsages[PeerRoles.OperatorUsage] is not null);

    private static string WantedUsage(PeerRole role) => role switch
    {
        PeerRole.Aggregator => "serverAuth",
        PeerRole.Operator => $"clientAuth and {PeerRoles.OperatorUsage}",
        _ => "clientAuth",
    };

    private static string Subject(X509Certificate2 certificate) => $"'{Printable.Of(certificate.Subject)}'";
}
