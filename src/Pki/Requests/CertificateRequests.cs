using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Pkcs;

namespace Actors.Pki;

/// <summary>Makes keys and certificate signing requests in a workspace, on the machine where the key will be used.</summary>
/// <param name="workspace">The workspace folder; its <c>cert</c> folder is created as needed.</param>
/// <param name="clock">Dates the package's entries.</param>
/// <param name="algorithm">The kind of key to make.</param>
public sealed class CertificateRequests(string workspace, TimeProvider clock, KeyAlgorithm algorithm = KeyAlgorithm.EcdsaP384)
{
    private readonly CertificateFolder _folder = new(workspace);

    /// <summary>Writes <c>cert/server/agg_FQDN.key</c> and <c>.csr</c>.</summary>
    /// <param name="host">A DNS name or an IP address; it is lower-cased.</param>
    /// <param name="overwrite">Replace an existing key, which makes its certificate useless.</param>
    /// <exception cref="PkiException">The name is not usable, a key exists already, or a file cannot be written.</exception>
    public CreatedRequest CreateForAggregator(string host, bool overwrite = false) =>
        Create(PeerRole.Aggregator, PeerName.Aggregator(host), overwrite, package: false);

    /// <summary>Writes <c>cert/client/col_LABEL.key</c> and <c>.csr</c>, and the package to send, which holds the request only.</summary>
    /// <param name="label">The collaborator's name; kept as typed.</param>
    /// <param name="overwrite">Replace an existing key, which makes its certificate useless.</param>
    /// <param name="package">False leaves the package out, for a collaborator on the aggregator's own machine.</param>
    /// <exception cref="PkiException">The name is not usable, a key exists already, or a file cannot be written.</exception>
    public CreatedRequest CreateForCollaborator(string label, bool overwrite = false, bool package = true) =>
        Create(PeerRole.Collaborator, PeerName.Collaborator(label), overwrite, package);

    /// <summary>Writes <c>cert/client/op_LABEL.key</c> and <c>.csr</c>, and the package to send, which holds the request only.</summary>
    /// <param name="label">The operator's name; kept as typed.</param>
    /// <param name="overwrite">Replace an existing key, which makes its certificate useless.</param>
    /// <param name="package">False leaves the package out, for an operator on the aggregator's own machine.</param>
    /// <exception cref="PkiException">The name is not usable, a key exists already, or a file cannot be written.</exception>
    public CreatedRequest CreateForOperator(string label, bool overwrite = false, bool package = true) =>
        Create(PeerRole.Operator, PeerName.Collaborator(label), overwrite, package);

    /// <summary>SHA-384 of a request file's bytes, lower-case hexadecimal: what both operators compare.</summary>
    /// <exception cref="PkiException">The file cannot be read.</exception>
    public static string Fingerprint(string requestPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestPath);
        return Fingerprint(WorkspaceFile.Read(requestPath));
    }

    internal static string Fingerprint(byte[] pem) => Convert.ToHexStringLower(SHA384.HashData(pem));

    private CreatedRequest Create(PeerRole role, string name, bool overwrite, bool package)
    {
        string keyPath = _folder.Key(role, name), requestPath = _folder.Request(role, name);
        if (File.Exists(keyPath) && !overwrite)
        {
            throw new PkiException(
                $"The private key {keyPath} exists already; keep it, or ask for it to be overwritten, "
                + "which makes its certificate useless.");
        }

        var key = SigningKey.Generate(algorithm, out var keyPem);
        var requestPem = Build(role, name, key);
        WorkspaceFile.WritePrivate(keyPath, keyPem);
        CryptographicOperations.ZeroMemory(keyPem);
        WorkspaceFile.WritePublic(requestPath, requestPem);

        var packagePath = package ? _folder.RequestPackage(name, role) : null;
        if (packagePath is not null)
        {
            RequestPackage.Write(packagePath, clock.GetUtcNow(), role, name, requestPem);
        }

        return new CreatedRequest(name, keyPath, requestPath, packagePath, Fingerprint(requestPem));
    }

    // An alternative name is asked for so that other authorities, which copy it, make a usable certificate too.
    private static byte[] Build(PeerRole role, string name, SigningKey key)
    {
        var extensions = new X509ExtensionsGenerator();
        extensions.AddExtension(X509Extensions.SubjectAlternativeName, critical: false, CertificateIssuer.AlternativeNames(role, name));
        var attribute = new AttributePkcs(PkcsObjectIdentifiers.Pkcs9AtExtensionRequest, new DerSet(extensions.Generate()));
        var request = new Pkcs10CertificationRequest(
            key.CreateSigner(), DistinguishedName.OfPeer(name), key.Public, new DerSet(attribute));
        return Pem.Encode(RequestReader.PemLabel, request.GetDerEncoded());
    }
}
