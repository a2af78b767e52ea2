using Actors.CollaboratorHost.Tests;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work.Tests;

/// <summary>The counter stays here: what training makes of it goes into the next round, and never to the aggregator.</summary>
public sealed class LocalTensorsTests : IAsyncLifetime
{
    private readonly Federation _federation = new() { LocalTensors = ["count*"] };
    private readonly FakeTasks _tasks = new();

    private FakeGateway Gateway => _federation.Gateway;

    public async ValueTask InitializeAsync() => await _federation.StartAsync();

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Fact]
    public async Task Rounds_StartFromTheOwnTensors_AndReportTheGlobalOnes()
    {
        Gateway.Rounds = 3;

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(
            [
                (FakeTasks.ValidateGlobal, 10), (FakeTasks.Train, 10), (FakeTasks.ValidateLocal, 11),
                (FakeTasks.ValidateGlobal, 11), (FakeTasks.Train, 11), (FakeTasks.ValidateLocal, 12),
                (FakeTasks.ValidateGlobal, 12), (FakeTasks.Train, 12), (FakeTasks.ValidateLocal, 13),
            ],
            _tasks.Ran);
        Assert.Equal(FakeRunner.BytesOf(10), Gateway.Model);
    }

    [Fact]
    public async Task Rounds_LeaveTheTensorsOfTheLastTwo()
    {
        Gateway.Rounds = 4;
        await _federation.RunAsync(_tasks);
        Assert.Equal(["2", "3"], Kept().Select(path => Path.GetFileName(path).Split('.')[0]).Order());
    }

    [Fact]
    public async Task Restart_InTheMiddleOfTraining_StartsFromTheSameTensorsAgain()
    {
        Gateway.Rounds = 2;
        using var death = new CancellationTokenSource();
        _tasks.Before = async context =>
        {
            if (context is { Task: FakeTasks.Train, Round: var round } && round > 0)
            {
                await death.CancelAsync();
                context.CancellationToken.ThrowIfCancellationRequested();
            }
        };
        await _federation.RunAsync(_tasks, cancellationToken: death.Token);
        var again = new FakeTasks();

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(again));

        Assert.Equal([(FakeTasks.Train, 11), (FakeTasks.ValidateLocal, 12)], again.Ran);
    }

    [Fact]
    public async Task Damaged_AreRemoved_AndTheWorkGoesOn()
    {
        Gateway.Rounds = 2;
        _tasks.Before = context =>
        {
            if (context.Task == FakeTasks.ValidateLocal)
            {
                Kept().ToList().ForEach(path => File.WriteAllBytes(path, new byte[new FileInfo(path).Length]));
            }

            return Task.CompletedTask;
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal((FakeTasks.ValidateGlobal, 10), _tasks.Ran[3]);
    }

    [Fact]
    public async Task APatternThatFitsNothing_IsNamedAtTheStart()
    {
        _federation.LocalTensors = ["norm.*"];

        Assert.Equal(ExitCodes.WorkFailed, await _federation.RunAsync(_tasks));

        Assert.Contains(
            _federation.Logs.Lines,
            line => line.Level == LogLevel.Critical && line.Text.Contains(
                "collaborator.settings.local_tensors: 'norm.*' fits no tensor of the model (weights, counter). Mend the pattern in the plan.", StringComparison.Ordinal));
        Assert.Empty(_tasks.Ran);
    }

    private IEnumerable<string> Kept() => Directory.EnumerateFiles(
        Path.Combine(_federation.StateFolder, "collaborators", "one", "local"), "*.tensors", SearchOption.AllDirectories);
}
