using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;

namespace Actors.Pki;

/// <summary>An authority's own record of what it took back; the caller holds the authority's lock.</summary>
internal sealed class RevocationRegister(CertificateFolder folder, TimeProvider clock, X509Certificate certificate, SigningKey key)
{
    private readonly string _authority = CertificatePem.Fingerprint(certificate);

    public RevokedCertificate Revoke(CertificateSerial serial)
    {
        var issued = Issued().FirstOrDefault(entry => entry.Serial == serial.ToString())
            ?? throw new PkiException($"The serial number {serial} was never signed by this authority; "
                + "copy it from the list of issued certificates.");
        return Revoke([issued])[0];
    }

    public IReadOnlyList<RevokedCertificate> RevokeCollaborator(string label)
    {
        var now = clock.GetUtcNow();
        var issued = Issued()
            .Where(entry => entry.Kind == PeerRole.Collaborator && entry.Subject == label && entry.NotAfter > now)
            .ToList();
        return issued.Count > 0
            ? Revoke(issued)
            : throw new PkiException(
                $"The collaborator '{label}' has no certificate from this authority that is still valid; "
                + "check the name in the list of issued certificates.");
    }

    /// <summary>Writes the signed list anew from the log.</summary>
    public void Publish()
    {
        var now = clock.GetUtcNow();
        var revoked = Revoked();
        var generator = new X509V2CrlGenerator();
        generator.SetIssuerDN(certificate.SubjectDN);
        generator.SetThisUpdate(now.UtcDateTime);

        // There is no date by which another list must come: a silo re-reads the file whenever it changes.
        generator.SetNextUpdate(certificate.NotAfter);
        foreach (var entry in revoked)
        {
            generator.AddCrlEntry(CertificateSerial.Parse(entry.Serial).ToNumber(), entry.RevokedAt.UtcDateTime, CrlReason.Unspecified);
        }

        var issuer = CertificateIssuer.AuthorityKeyIdentifier(key.Public);
        var number = new CrlNumber(BigInteger.ValueOf(now.ToUnixTimeMilliseconds()));
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, critical: false, issuer);
        generator.AddExtension(X509Extensions.CrlNumber, critical: false, number);
        WorkspaceFile.WritePublic(folder.RevocationList, Pem.Encode(CrlPem.Label, generator.Generate(key.CreateSigner()).GetEncoded()));
    }

    private List<RevokedCertificate> Revoke(List<IssuedCertificate> issued)
    {
        var known = Revoked().ToDictionary(entry => entry.Serial);
        var log = AuthorityLogs.Revoked(folder);
        foreach (var entry in issued.Where(entry => !known.ContainsKey(entry.Serial)))
        {
            var revoked = new RevokedCertificate
            {
                Serial = entry.Serial,
                Subject = entry.Subject,
                RevokedAt = clock.GetUtcNow(),
                Authority = _authority,
            };
            log.Append(revoked);
            known.Add(entry.Serial, revoked);
        }

        // Also when nothing is new: an earlier attempt may have ended between the log and the list.
        Publish();
        return [.. issued.Select(entry => known[entry.Serial])];
    }

    private IEnumerable<IssuedCertificate> Issued() =>
        AuthorityLogs.Issued(folder).Read().Where(entry => entry.Authority == _authority);

    private List<RevokedCertificate> Revoked() =>
        [.. AuthorityLogs.Revoked(folder).Read().Where(entry => entry.Authority == _authority).DistinctBy(entry => entry.Serial)];
}
