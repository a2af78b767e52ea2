using System.Net.Sockets;

using Actors.Contracts.Wire;
using Actors.Grains.Experiments;
using Actors.Silo.Running.Tests;

using Grpc.Core;
using Grpc.Net.Client;

using Presence = Actors.Contracts.Wire.CollaboratorStatus.Types.Presence;

namespace Actors.Silo.Operations.Tests;

public sealed class OperatorTests : AggregatorTest
{
    [Fact]
    public async Task Status_SaysWhoIsHereAndWhoIsAwaited()
    {
        await using var aggregator = await StartAsync(["ann", "bob"]);
        using var ann = aggregator.Collaborator("ann");
        await ann.JoinAsync();
        await ann.GetTasksAsync();
        await ann.ReportMetricAsync(0, "validate", 0.5);

        using var channel = Connect();
        var status = await new Operator.OperatorClient(channel).GetStatusAsync(new());

        Assert.Equal(("running", 0, 2, ""), (status.Lifecycle, status.Round, status.Rounds, status.Reason));
        Assert.Equal((2, 0, 2, false), (status.Running.Assigned, status.Running.Complete, status.Running.Needed, status.Running.Closing));
        Assert.Equal(["ann", "bob"], status.Collaborators.Select(collaborator => collaborator.Name));
        Assert.Equal([Presence.Here, Presence.Expected], status.Collaborators.Select(collaborator => collaborator.Presence));
        Assert.All(status.Collaborators, collaborator => Assert.True(collaborator.Outstanding));
    }

    [Fact]
    public async Task Status_NamesWhoseUpdateAPersonShouldLookAt()
    {
        await using var aggregator = await StartAsync(["ann", "bob", "eve"], change: settings => settings.Rule = PolicyChoice.Named("bounded_average"));
        foreach (var (name, weight) in new[] { ("ann", 1f), ("bob", 2f), ("eve", -1e6f) })
        {
            using var collaborator = aggregator.Collaborator(name);
            await collaborator.RunRoundAsync(0, weight, samples: 10, accuracy: 0.5);
        }

        using var ann = aggregator.Collaborator("ann");
        Assert.Equal(1, (await ann.GetTasksAsync()).Work.Round);
        using var channel = Connect();
        var alarm = (await new Operator.OperatorClient(channel).GetStatusAsync(new())).Alarms.Single();

        Assert.StartsWith("round 0, train: the change of eve is ", alarm, StringComparison.Ordinal);
        Assert.EndsWith("It was left out.", alarm, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PauseResumeStop_AreObeyed()
    {
        await using var aggregator = await StartAsync(["ann"], change: settings => settings.Hold = TimeSpan.FromMilliseconds(200));
        using var ann = aggregator.Collaborator("ann");
        await ann.JoinAsync();
        using var channel = Connect();
        var operators = new Operator.OperatorClient(channel);

        var paused = await operators.PauseAsync(new() { Reason = "maintenance" });
        Assert.Equal(("paused", "maintenance"), (paused.Lifecycle, paused.Reason));
        Assert.Equal("maintenance", (await ann.GetTasksAsync()).Wait.Reason);

        Assert.Equal("running", (await operators.ResumeAsync(new())).Lifecycle);
        Assert.Equal(["validate", "train"], (await ann.GetTasksAsync()).Work.Tasks);

        Assert.Equal("stopped", (await operators.StopAsync(new())).Lifecycle);
        await UntilStoppedAsync(ann);
        await aggregator.Ended.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task OnTheNetwork_NobodyIsAnOperator()
    {
        await using var aggregator = await StartAsync(["ann"]);
        using var ann = aggregator.Collaborator("ann");

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Operator.OperatorClient(ann.Channel).StopAsync(new()));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal("Operators' calls are taken on the aggregator's own machine only.", refused.Status.Detail);
    }

    [Fact]
    public async Task OnTheOperatorsSocket_NobodyIsACollaborator()
    {
        await using var aggregator = await StartAsync(["ann"]);
        using var channel = Connect();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Contracts.Wire.Gateway.GatewayClient(channel).GetTasksAsync(new() { Experiment = aggregator.Experiment.ToString() }));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Socket_IsTheOwnersAlone()
    {
        await using var aggregator = await StartAsync(["ann"]);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(RunningAggregator.SocketIn(Folder))!));
    }

    [Fact]
    public async Task SecondAggregatorInTheSameWorkspace_IsRefused_AndALeftoverIsNone()
    {
        await using (await StartAsync(["ann"]))
        {
            var refused = await Assert.ThrowsAnyAsync<IOException>(() => StartAsync(["ann"]));
            Assert.StartsWith("An aggregator runs in this workspace already", refused.Message, StringComparison.Ordinal);
        }

        Leave(RunningAggregator.SocketIn(Folder));
        await using var again = await StartAsync(["ann"]);
        using var channel = Connect();
        Assert.Equal("running", (await new Operator.OperatorClient(channel).GetStatusAsync(new())).Lifecycle);
    }

    // As a killed process leaves it: the file is there and nobody listens. A socket in a link is not removed with its handle.
    private static void Leave(string path)
    {
        var other = path + ".2";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(other));
            File.Move(other, path);
        }

        Assert.True(File.Exists(path));
    }

    private static async Task UntilStoppedAsync(TestCollaborator collaborator)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await collaborator.GetTasksAsync()).Stop is null)
        {
            await Task.Delay(20, bound.Token);
        }
    }

    private GrpcChannel Connect() => GrpcChannel.ForAddress("http://localhost", new()
    {
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(RunningAggregator.SocketIn(Folder)), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
        DisposeHttpClient = true,
    });
}
