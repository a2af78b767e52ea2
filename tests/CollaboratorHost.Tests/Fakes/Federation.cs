using System.Security.Cryptography.X509Certificates;

using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Plans;

namespace Actors.CollaboratorHost.Tests;

/// <summary>A fake gateway, and collaborator processes that know it, in a folder of their own.</summary>
public sealed class Federation : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestCertificates _authority = new();
    private readonly X509Certificate2 _server;
    private readonly X509Certificate2 _client;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-host-");
    private GatewayHost? _host;

    public Federation() => (_server, _client) = (_authority.Server(), _authority.Client("one"));

    public FakeGateway Gateway { get; } = new();

    public CollectedLogs Logs { get; } = new();

    public GatewayCredentials Credentials => new(_client, _authority.WhyNotTrusted);

    public string StateFolder => _folder.FullName;

    public string TensorFolder => Path.Combine(StateFolder, "collaborators", "one", "tensors");

    public IReadOnlyList<string> LocalTensors { get; set; } = [];

    public Uri Address { get; private set; } = new("https://localhost:1");

    public async Task StartAsync()
    {
        _host = await GatewayHost.StartAsync(
            Gateway, _server, client => _authority.WhyNotTrusted(client) is null, Address.Port == 1 ? 0 : Address.Port);
        Address = _host.Address;
    }

    public async Task StopAsync()
    {
        await _host!.DisposeAsync();
        _host = null;
    }

    public Task<int> RunAsync(
        FakeTasks tasks, OptimizerTreatment treatment = OptimizerTreatment.Reset, CancellationToken cancellationToken = default) =>
        CollaboratorProcess
            .RunAsync(Options(treatment), tasks, Credentials, null, Logs, TimeProvider.System, cancellationToken)
            .WaitAsync(Patience, CancellationToken.None);

    public CollaboratorOptions Options(OptimizerTreatment treatment = OptimizerTreatment.Reset) => new()
    {
        Collaborator = "one",
        Addresses = [Address],
        StateFolder = StateFolder,
        PlanHash = new string('a', 96),
        Plan = "{}",
        WorkspaceHash = new string('b', 96),
        OptimizerTreatment = treatment,
        LocalTensors = LocalTensors,
        ReconnectInterval = TimeSpan.FromMilliseconds(5),
        LongestReconnectInterval = TimeSpan.FromMilliseconds(50),
    };

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _server.Dispose();
        _client.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
