using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki;

/// <summary>Looks at every certificate of a workspace and says what is wrong; changes nothing.</summary>
public static class CertificateInspection
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>
    /// The authorities, the chain, then the aggregator's and the collaborators' certificates; empty when there are none.
    /// </summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="clock">By what time certificates are judged.</param>
    /// <param name="acceptMissingUsage">As for <see cref="PeerTrust"/>. Default: false.</param>
    public static IReadOnlyList<CertificateFinding> Inspect(string workspace, TimeProvider clock, bool acceptMissingUsage = false)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var folder = new CertificateFolder(workspace);
        var findings = new List<CertificateFinding>();
        foreach (var path in new[] { folder.RootCertificate, folder.SigningCertificate }.Where(File.Exists))
        {
            var keyPath = path == folder.RootCertificate ? folder.RootKey : folder.SigningKey;

            // A root key kept away from this machine is good practice, not a problem.
            var isAway = path == folder.RootCertificate && !File.Exists(keyPath);
            findings.Add(Finding(path, null, clock, certificate => isAway ? null : KeyProblem(certificate, keyPath)));
        }

        if (File.Exists(folder.Chain))
        {
            findings.Add(Finding(folder.Chain, null, clock, _ => RevocationProblem(folder, clock)));
        }

        findings.AddRange(Leaves(folder, folder.ServerFolder, PeerRole.Aggregator, clock, acceptMissingUsage));
        findings.AddRange(Leaves(folder, folder.ClientFolder, PeerRole.Collaborator, clock, acceptMissingUsage));
        return findings;
    }

    private static IEnumerable<CertificateFinding> Leaves(
        CertificateFolder folder, string leafFolder, PeerRole role, TimeProvider clock, bool acceptMissingUsage)
    {
        if (!Directory.Exists(leafFolder))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(leafFolder, "*.crt").Order(StringComparer.Ordinal))
        {
            var owner = RoleOf(path, role);
            yield return Finding(path, owner, clock, certificate => TrustProblem(folder, certificate, owner, clock, acceptMissingUsage)
                ?? NameProblem(certificate, path, owner)
                ?? KeyProblem(certificate, Path.ChangeExtension(path, "key")));
        }

        foreach (var path in Directory.EnumerateFiles(leafFolder, "*.csr").Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.ChangeExtension(path, "crt")))
            {
                yield return new CertificateFinding(path, null, null, $"The request {path} has no certificate yet; have it signed, "
                    + "or import the signed package.");
            }
        }
    }

    // Operators' certificates lie among those of the other clients.
    private static PeerRole RoleOf(string path, PeerRole role) =>
        Path.GetFileName(path).StartsWith(PeerRole.Operator.FilePrefix(), StringComparison.Ordinal) ? PeerRole.Operator : role;

    private static CertificateFinding Finding(string path, PeerRole? role, TimeProvider clock, Func<X509Certificate2, string?> check)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(WorkspaceFile.Read(path));
            var end = new DateTimeOffset(certificate.NotAfter).ToUniversalTime();
            var strength = KeyStrength.Of(certificate.PublicKey, role);
            var problem = !strength.IsEnough
                ? $"The certificate {path} has the key {strength.Name}, which is too weak; {KeyStrength.Remedy} and request again."
                : TimeProblem(path, certificate, end, clock.GetUtcNow(), out var nearEnd) ?? check(certificate) ?? nearEnd;
            return new CertificateFinding(path, Printable.Of(certificate.Subject), end, problem);
        }
        catch (CryptographicException cause)
        {
            return new CertificateFinding(path, null, null, $"The certificate {path} cannot be read ({cause.Message}); "
                + "have it signed again.");
        }
        catch (PkiException cause)
        {
            return new CertificateFinding(path, null, null, cause.Message);
        }
    }

    private static string? TimeProblem(
        string path, X509Certificate2 certificate, DateTimeOffset end, DateTimeOffset now, out string? nearEnd)
    {
        nearEnd = now + Soon > end ? $"The certificate {path} expires soon, at {Printable.Of(end)}; have a new one signed before." : null;
        return now > end ? $"The certificate {path} expired at {Printable.Of(end)}; have a new one signed."
            : now < new DateTimeOffset(certificate.NotBefore)
                ? $"The certificate {path} is not valid before {Printable.Of(new DateTimeOffset(certificate.NotBefore))}; "
                    + "check this machine's clock."
            : null;
    }

    private static string? TrustProblem(
        CertificateFolder folder, X509Certificate2 certificate, PeerRole role, TimeProvider clock, bool acceptMissingUsage)
    {
        if (!File.Exists(folder.Chain))
        {
            return $"The chain {folder.Chain} is missing; import the signed package, or create the authority.";
        }

        var revocations = RevocationList.ReadIfThere(folder.RevocationList, folder.Chain, clock);
        return new PeerTrust(folder.Chain, clock, revocations, acceptMissingUsage).ProblemWith(certificate, role);
    }

    private static string? NameProblem(X509Certificate2 certificate, string path, PeerRole role) =>
        role == PeerRole.Aggregator || Path.GetFileNameWithoutExtension(path) == role.FilePrefix() + PeerTrust.CommonName(certificate)
            ? null
            : $"The certificate {path} names '{Printable.Of(PeerTrust.CommonName(certificate) ?? "nobody")}', by which the aggregator knows it; "
                + "file it under that name, or ask for another.";

    private static string? RevocationProblem(CertificateFolder folder, TimeProvider clock)
    {
        _ = TrustBundle.Read(folder.Chain);
        return RevocationList.ReadIfThere(folder.RevocationList, folder.Chain, clock)?.Problem;
    }

    private static string? KeyProblem(X509Certificate2 certificate, string keyPath)
    {
        if (!File.Exists(keyPath))
        {
            return $"The private key {keyPath} is missing; this machine cannot use the certificate, restore the key or request again.";
        }

        var name = $"the certificate '{Printable.Of(certificate.Subject)}'";
        using var _ = IdentityFile.Load(certificate.ExportCertificatePem(), name, keyPath);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(keyPath) & others) != 0
            ? $"The private key {keyPath} can be read by others ({File.GetUnixFileMode(keyPath)}); allow its owner only (mode 600), "
                + "and request anew if it may have been read."
            : null;
    }
}
