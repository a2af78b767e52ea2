using System.Security.Cryptography.X509Certificates;

using Actors.CollaboratorHost.Tests;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Gateway.Tests;

/// <summary>Certificates that are good, and those that are not; each test waits for the line that says why.</summary>
public sealed class MutualTlsTests : IAsyncDisposable
{
    private readonly TestCertificates _authority = new();
    private readonly TestCertificates _foreign = new("Foreign authority");
    private readonly CollectedLogs _logs = new();
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Join_GoodCertificates_IsAnswered() => await JoinAsync(_authority.Server(), _authority.Client("one"));

    [Fact]
    public async Task Join_ServerForAnotherHost_SaysSo() =>
        await Refused(
            _authority.Server("elsewhere.example"), _authority.Client("one"),
            "'CN=elsewhere.example', which is not made out to 'localhost'");

    [Fact]
    public async Task Join_ServerExpired_SaysSo() =>
        await Refused(
            _authority.ExpiredServer(), _authority.Client("one"),
            "'CN=localhost', which expired on");

    [Fact]
    public async Task Join_ServerOfAForeignAuthority_SaysSo() =>
        await Refused(
            _foreign.Server(), _authority.Client("one"),
            "not trusted: its issuer 'CN=Foreign authority' is not the federation's authority");

    [Fact]
    public async Task Join_OwnCertificateRefused_SaysSo() =>
        await Refused(
            _authority.Server(), _foreign.Client("one"),
            "ended the connection when it saw our certificate 'CN=one': its issuer 'CN=Foreign authority'");

    [Fact]
    public async Task Join_NothingListens_SaysSo()
    {
        var host = await StartAsync(_authority.Server());
        var address = host.Address;
        await host.DisposeAsync();

        await RefusedAt(address, _authority.Client("one"), $"Nothing listens at {address.Authority}.");
    }

    [Fact]
    public async Task Join_FirstAddressDead_UsesTheNext()
    {
        var dead = await StartAsync(_authority.Server());
        var address = dead.Address;
        await dead.DisposeAsync();
        await using var host = await StartAsync(_authority.Server());
        using var client = Client(_authority.Client("one"), address, host.Address);

        await client.JoinAsync(new(), CancellationToken.None).WaitAsync(Federation.Patience);

        Assert.Single(_logs.At(LogLevel.Warning));
    }

    public async ValueTask DisposeAsync()
    {
        _authority.Dispose();
        _foreign.Dispose();
        _logs.Dispose();
        await Task.CompletedTask;
    }

    private async Task JoinAsync(X509Certificate2 server, X509Certificate2 own)
    {
        await using var host = await StartAsync(server);
        using var client = Client(own, host.Address);
        var reply = await client.JoinAsync(new(), CancellationToken.None).WaitAsync(Federation.Patience);
        Assert.Equal(FakeGateway.Experiment, reply.Accepted.Experiment);
    }

    private async Task Refused(X509Certificate2 server, X509Certificate2 own, string reason)
    {
        await using var host = await StartAsync(server);
        await RefusedAt(host.Address, own, reason);
    }

    private async Task RefusedAt(Uri address, X509Certificate2 own, string reason)
    {
        using var client = Client(own, address);
        using var enough = new CancellationTokenSource();
        var join = client.JoinAsync(new(), enough.Token);
        await Task.WhenAny(_logs.Seen("still does not get through"), join).WaitAsync(Federation.Patience);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => join.WaitAsync(Federation.Patience));

        var told = Assert.Single(_logs.At(LogLevel.Warning));
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    private Task<GatewayHost> StartAsync(X509Certificate2 server) =>
        GatewayHost.StartAsync(_gateway, server, client => _authority.WhyNotTrusted(client) is null);

    private GatewayClient Client(X509Certificate2 own, params Uri[] addresses) => new(
        new CollaboratorOptions
        {
            Collaborator = "one",
            Addresses = addresses,
            StateFolder = "unused",
            PlanHash = "",
            Plan = "",
            WorkspaceHash = "",
            ReconnectInterval = TimeSpan.FromMilliseconds(5),
            LongestReconnectInterval = TimeSpan.FromMilliseconds(50),
        },
        new GatewayCredentials(own, _authority.WhyNotTrusted),
        TimeProvider.System,
        _logs.CreateLogger<GatewayClient>());
}
