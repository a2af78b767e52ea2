using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.TestKit.Certificates;

namespace Actors.Pki.Tests;

public sealed class LoadIdentityTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TestAuthority _authority = TestAuthority.Create();

    [Fact]
    public async Task LoadIdentity_OfBothEnds_CarriesMutualTls()
    {
        var (server, client) = await HandshakeAsync(_authority.Collaborator("one"));
        Assert.Equal((TrustOutcome.Trusted, TrustOutcome.Trusted), (server, client));
    }

    [Fact]
    public async Task Handshake_WithAForeignCollaborator_IsSeenByTheAggregator()
    {
        var (server, _) = await HandshakeAsync(_authority.Foreign("one"));
        Assert.Equal(TrustOutcome.ForeignAuthority, server);
    }

    [Fact]
    public async Task Handshake_WithoutACertificate_IsSeenByTheAggregator()
    {
        var (server, _) = await HandshakeAsync(null);
        Assert.Equal(TrustOutcome.NoCertificate, server);
    }

    [Fact]
    public void LoadIdentity_WithTheKeyOfAnother_IsRefused()
    {
        _ = (_authority.Collaborator("one"), _authority.Collaborator("two"));
        var folder = new CertificateFolder(_authority.Workspace);
        var refusal = Scratch.Refusal(() => PeerTrust.LoadIdentity(
            folder.Certificate(PeerRole.Collaborator, "one"), folder.Key(PeerRole.Collaborator, "two")));
        Assert.Contains("does not belong to the certificate", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadIdentity_WithAnEncryptedKey_SaysWhatIsNeeded()
    {
        _ = _authority.Collaborator("one");
        var folder = new CertificateFolder(_authority.Workspace);
        var keyPath = folder.Key(PeerRole.Collaborator, "one");
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keyPath));
        var cipher = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA384, iterationCount: 1000);
        File.WriteAllText(keyPath, key.ExportEncryptedPkcs8PrivateKeyPem("secret", cipher));

        var refusal = Scratch.Refusal(() => PeerTrust.LoadIdentity(folder.Certificate(PeerRole.Collaborator, "one"), keyPath));
        Assert.Contains("with an unencrypted key", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadIdentity_OfAMissingFile_NamesIt()
    {
        var refusal = Scratch.Refusal(() => PeerTrust.LoadIdentity("no.crt", "no.key"));
        Assert.Contains("no.crt does not exist", refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _authority.Dispose();

    private async Task<(TrustOutcome? Server, TrustOutcome? Client)> HandshakeAsync(X509Certificate2? collaborator)
    {
        TrustOutcome? seenByServer = null, seenByClient = null;
        var trust = _authority.Trust();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var outgoing = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync();
        await outgoing.ConnectAsync((IPEndPoint)listener.LocalEndpoint).WaitAsync(Patience);
        using var incoming = await accepting.WaitAsync(Patience);
        await using var server = new SslStream(incoming.GetStream());
        await using var client = new SslStream(outgoing.GetStream());

        var serving = server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _authority.Aggregator(),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, presented, chain, _) =>
                Judge(trust, presented, chain, PeerRole.Collaborator, out seenByServer),
        });
        var calling = client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            LocalCertificateSelectionCallback = (_, _, _, _, _) => collaborator!,
            RemoteCertificateValidationCallback = (_, presented, chain, _) =>
                Judge(trust, presented, chain, PeerRole.Aggregator, out seenByClient),
        });
        try
        {
            await Task.WhenAll(serving, calling).WaitAsync(Patience);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // What each end saw is the answer.
        }

        return (seenByServer, seenByClient);
    }

    private static bool Judge(PeerTrust trust, X509Certificate? presented, X509Chain? chain, PeerRole role, out TrustOutcome? outcome)
    {
        var verdict = trust.Verify(presented as X509Certificate2, chain?.ChainPolicy.ExtraStore, role);
        outcome = verdict.Outcome;
        return verdict.IsTrusted;
    }
}
