using Actors.CollaboratorHost.Tests;
using Actors.Contracts.Tensors;

using Grpc.Core;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work.Tests;

/// <summary>Whole processes against a gateway on the loopback interface that keeps to the protocol.</summary>
public sealed class CollaboratorProcessTests : IAsyncLifetime
{
    private readonly Federation _federation = new();
    private readonly FakeTasks _tasks = new();

    private FakeGateway Gateway => _federation.Gateway;

    public async ValueTask InitializeAsync() => await _federation.StartAsync();

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Fact]
    public async Task Run_TwoRounds_ReportsEveryTaskOnTheRightWeights()
    {
        Gateway.Rounds = 2;

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(
            [
                (FakeTasks.ValidateGlobal, 10), (FakeTasks.Train, 10), (FakeTasks.ValidateLocal, 11),
                (FakeTasks.ValidateGlobal, 11), (FakeTasks.Train, 11), (FakeTasks.ValidateLocal, 12),
            ],
            _tasks.Ran);
        Assert.Equal(6, Gateway.Accepted.Count);
        Assert.Equal(FakeRunner.BytesOf(12), Gateway.Model);
        Assert.DoesNotContain(_federation.Logs.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Run_ToTheEnd_LogsWhatAUserExpects()
    {
        await _federation.RunAsync(_tasks);

        var lines = _federation.Logs.At(LogLevel.Information).ToList();
        Assert.Contains("Waiting for tasks...", lines);
        Assert.Contains(
            "Received the following tasks: aggregated_model_validation, train, locally_tuned_model_validation (round 0, collaborator one)",
            lines);
        Assert.Contains(lines, line => line.StartsWith("Round 0, collaborator one: train finished in ", StringComparison.Ordinal)
            && line.EndsWith(" s on 700 samples: counter 11", StringComparison.Ordinal));
        Assert.Equal("End of Federation reached. Exiting...", lines[^1]);
    }

    [Fact]
    public async Task Run_ToTheEnd_LeavesNoBytesBehind()
    {
        await _federation.RunAsync(_tasks);

        Assert.Empty(Directory.GetFiles(_federation.TensorFolder));
    }

    [Fact]
    public async Task Run_NextModelIsTheOwnUpdate_DownloadsOnlyTheFirst()
    {
        Gateway.Rounds = 3;

        await _federation.RunAsync(_tasks);

        Assert.Equal(["PullTensors 0"], Gateway.CallsTo("PullTensors"));
        Assert.Empty(Gateway.CallsTo("PullManifest"));
    }

    [Fact]
    public async Task Join_SaysWhoItIs()
    {
        await _federation.RunAsync(_tasks);

        Assert.Equal(new string('a', 96), Gateway.Joined!.PlanHash);
        Assert.Equal("{}", Gateway.Joined.Plan);
        Assert.Equal(new string('b', 96), Gateway.Joined.WorkspaceHash);
        Assert.Matches(@"^\d+\.\d+\.\d+$", Gateway.Joined.Version);
    }

    [Fact]
    public async Task Join_Refused_TellsBothHashesAndTheDifference()
    {
        Gateway.OnJoin = () => new()
        {
            Refused = new()
            {
                Message = "The plans differ.",
                PlanHash = "cccc",
                WorkspaceHash = "dddd",
                FirstDifference = "aggregator.settings.rounds: 3, not 4",
            },
        };

        Assert.Equal(ExitCodes.JoinRefused, await _federation.RunAsync(_tasks));

        var line = Assert.Single(_federation.Logs.At(LogLevel.Error));
        Assert.All(
            [new string('a', 96), "cccc", new string('b', 96), "dddd", "aggregator.settings.rounds: 3, not 4", "The plans differ."],
            part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.FailedPrecondition)]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.InvalidArgument)]
    public async Task Run_RefusedForGood_EndsWithTheReason(StatusCode status)
    {
        Gateway.OnCall = call => Fail(call is "GetTasks", status, "not you");

        Assert.Equal(ExitCodes.GatewayRefused, await _federation.RunAsync(_tasks));

        Assert.Contains(
            $"refused GetTasks ({status}): not you.",
            Assert.Single(_federation.Logs.At(LogLevel.Critical)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Stopped_EndsWithTheReason()
    {
        Gateway.OnGetTasks = () => new() { Stop = new() { Finished = false, Reason = "The collaborator is suspended." } };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(
            "The aggregator told this collaborator to stop: The collaborator is suspended. Exiting...",
            Assert.Single(_federation.Logs.At(LogLevel.Warning)));
    }

    [Fact]
    public async Task Run_ToldToWait_AsksAgain()
    {
        var waits = 0;
        Gateway.OnGetTasks = () => waits++ < 3 ? new() { Wait = new() { Round = 0, Reason = "Others are still training." } } : null;

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(3, Gateway.Accepted.Count);
        Assert.Equal(2, _federation.Logs.At(LogLevel.Information).Count(line => line == "Waiting for tasks..."));
    }

    [Fact]
    public async Task Run_ModelIsAnother_NamesTheFirstDifference()
    {
        Gateway.Layout = new([new("weights", ElementType.UInt8, new(14)), new("counter", ElementType.Float32, new(1))]);

        Assert.Equal(ExitCodes.WorkFailed, await _federation.RunAsync(_tasks));

        Assert.Contains(
            "tensor 0 is weights UInt8[13], expected weights UInt8[14]",
            Assert.Single(_federation.Logs.At(LogLevel.Critical)), StringComparison.Ordinal);
        Assert.Empty(_tasks.Ran);
    }

    [Fact]
    public async Task Run_SecondProcessForTheCollaborator_IsTurnedAway()
    {
        var second = 0;
        _tasks.Before = async context => second = context.Task == FakeTasks.Train ? await _federation.RunAsync(new FakeTasks()) : second;

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(ExitCodes.WorkFailed, second);
        Assert.Contains(
            "collaborator 'one' already runs here",
            Assert.Single(_federation.Logs.At(LogLevel.Critical)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BadOptions_ThrowsWithEveryProblem()
    {
        var options = new CollaboratorOptions
        {
            Collaborator = "",
            Addresses = [],
            StateFolder = "",
            PlanHash = "",
            Plan = "",
            WorkspaceHash = "",
        };

        var failure = await Assert.ThrowsAsync<ArgumentException>(() => CollaboratorProcess.RunAsync(
            options, _tasks, _federation.Credentials, null, _federation.Logs, TimeProvider.System, CancellationToken.None));

        Assert.All(options.Problems(), problem => Assert.Contains(problem, failure.Message, StringComparison.Ordinal));
    }

    private static void Fail(bool condition, StatusCode status, string detail)
    {
        if (condition)
        {
            throw new RpcException(new Status(status, detail));
        }
    }
}
