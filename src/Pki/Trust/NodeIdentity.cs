using System.Security.Cryptography.X509Certificates;

namespace Actors.Pki;

/// <summary>The certificates with which the nodes in a folder show who they are.</summary>
public static class NodeIdentity
{
    /// <summary>
    /// A node's certificate with its key, fit for TLS; the caller disposes it. A client's must bear the name it is filed under, since the aggregator
    /// knows clients by nothing else.
    /// </summary>
    /// <param name="workspace">The node's folder.</param>
    /// <param name="role">What the node is.</param>
    /// <param name="name">An aggregator's host name, else the label.</param>
    /// <exception cref="IdentityNameException">The certificate names another.</exception>
    /// <exception cref="PkiException">A file is missing or cannot be read, the key is encrypted, or the two do not belong together.</exception>
    public static X509Certificate2 Load(string workspace, PeerRole role, string name)
    {
        var folder = new CertificateFolder(workspace);
        var (certificate, key) = (folder.Certificate(role, name), folder.Key(role, name));
        if (!File.Exists(certificate) || !File.Exists(key))
        {
            throw new PkiException($"{(File.Exists(key) ? certificate : key)} is missing. {HowToGetOne(role, name)}");
        }

        var identity = PeerTrust.LoadIdentity(certificate, key);
        var named = PeerTrust.CommonName(identity);
        if (role == PeerRole.Aggregator || named == name)
        {
            return identity;
        }

        identity.Dispose();
        throw new IdentityNameException(
            $"{certificate} names '{Printable.Of(named ?? "nobody")}', not '{name}'. Start as -n {Printable.Of(named ?? "LABEL")}, or ask for a certificate for {name}.");
    }

    private static string HowToGetOne(PeerRole role, string name) => role == PeerRole.Aggregator
        ? $"Run: fx aggregator generate-cert-request --fqdn {name} && fx aggregator certify --fqdn {name}"
        : $"Run: fx {role.Noun()} generate-cert-request -n {name}, have it signed, and import the package: fx {role.Noun()} certify --import ZIP";
}
