using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Cli.Tests;

namespace Actors.Cli.Doctor.Tests;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort();

    [Fact]
    public async Task Doctor_OutsideAWorkspace_LooksAtTheMachine()
    {
        var found = await FindingsAsync(_folder.Root);
        Assert.Equal(["runtime", "libtorch", "memory", "disk", "clock", "workspace"], found.Keys);
        Assert.Equal("ok", found["runtime"].Status);
        Assert.Equal("warning", found["workspace"].Status);
    }

    [Fact]
    public async Task Doctor_NewWorkspace_SaysThatThePlanIsNotInitialized()
    {
        Templates.Create("synthetic", _folder.In("w"));
        var found = await FindingsAsync(_folder.In("w"));
        Assert.Equal(("problem", "Run 'fx plan initialize'."), found["plan"]);
        Assert.Equal("warning", found["certificates"].Status);
    }

    [Fact]
    public async Task Doctor_AggregatorThatIsNotStarted_HasAFreePortAndNoProblem()
    {
        var terminal = await InitializedAsync();
        await terminal.MustAsync("aggregator", "generate-cert-request", "--fqdn", "localhost");
        await terminal.MustAsync("aggregator", "certify", "--fqdn", "localhost", "-s");
        var found = await FindingsAsync(_folder.In("w"));
        Assert.Equal("ok", found["port"].Status);
        Assert.Equal("ok", found["cert/server/agg_localhost.crt"].Status);
        Assert.Equal(("warning", "Start it: fx aggregator start"), found["aggregator"]);
        Assert.DoesNotContain(found, finding => finding.Value.Status == "problem");
    }

    [Fact]
    public async Task Doctor_CollaboratorWithoutAnAggregator_IsAProblem()
    {
        var terminal = await InitializedAsync();
        Assert.Equal(ExitCode.Failed, await terminal.RunAsync("doctor"));
        Assert.Contains("problem  aggregator: nothing listens at localhost:", terminal.Output, StringComparison.Ordinal);
    }

    // It has a server's certificate only, which no aggregator lets in.
    [Fact]
    public async Task Doctor_OnTheNodeOfARunningAggregator_HasNoProblem()
    {
        var terminal = await InitializedAsync();
        await terminal.MustAsync("aggregator", "generate-cert-request", "--fqdn", "localhost");
        await terminal.MustAsync("aggregator", "certify", "--fqdn", "localhost", "-s");
        using var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        var refusing = RefuseAsync(listener);

        var found = await FindingsAsync(_folder.In("w"));

        Assert.Equal(("ok", null), found["aggregator"]);
        await Assert.ThrowsAnyAsync<Exception>(() => refusing);
    }

    public void Dispose() => _folder.Dispose();

    private async Task RefuseAsync(TcpListener listener)
    {
        using var pair = X509Certificate2.CreateFromPemFile(
            _folder.In("w", "cert", "server", "agg_localhost.crt"), _folder.In("w", "cert", "server", "agg_localhost.key"));
        using var socket = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = pair,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
    }

    private async Task<TestTerminal> InitializedAsync()
    {
        Templates.Create("synthetic", _folder.In("w"));
        var plan = _folder.In("w", "plan", "plan.yaml");
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan))
            .Replace("agg_addr: auto", "agg_addr: localhost", StringComparison.Ordinal)
            .Replace("agg_port: auto", $"agg_port: {_port}", StringComparison.Ordinal));
        var terminal = new TestTerminal(_folder.In("w"));
        await terminal.MustAsync("workspace", "certify");
        return terminal;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Dictionary<string, (string Status, string? Advice)>> FindingsAsync(string folder)
    {
        var terminal = new TestTerminal(folder);
        await terminal.RunAsync("doctor", "--json");
        using var json = JsonDocument.Parse(terminal.Output);
        return json.RootElement.EnumerateArray().ToDictionary(
            finding => finding.GetProperty("name").GetString()!,
            finding => (finding.GetProperty("status").GetString()!, finding.GetProperty("advice").GetString()));
    }
}
