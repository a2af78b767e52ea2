using Actors.CollaboratorHost.Tests;

using Grpc.Core;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work.Tests;

/// <summary>A collaborator that dies and is started again in the same folder.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly Federation _federation = new();
    private readonly FakeTasks _first = new();
    private readonly FakeTasks _second = new();

    private FakeGateway Gateway => _federation.Gateway;

    public async ValueTask InitializeAsync() => await _federation.StartAsync();

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Fact]
    public async Task Restart_InTheMiddleOfTraining_RunsOnlyWhatIsNotAccepted()
    {
        await DieAsync(_first, (context, die) => context.Task == FakeTasks.Train ? die() : Task.CompletedTask);

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_second));

        Assert.Equal([(FakeTasks.Train, 10), (FakeTasks.ValidateLocal, 11)], _second.Ran);
        Assert.Single(Gateway.CallsTo("PullTensors"));
    }

    [Fact]
    public async Task Restart_ResultComputedButNotAccepted_ReportsWithoutTraining()
    {
        await DieAtReportAsync("ReportResult train");

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_second));

        Assert.Equal([(FakeTasks.ValidateLocal, 11)], _second.Ran);
        Assert.Equal(FakeRunner.BytesOf(11), Gateway.Model);
    }

    [Fact]
    public async Task Restart_BeforeLocalValidation_MeasuresTheKeptWeights()
    {
        await DieAsync(_first, (context, die) => context.Task == FakeTasks.ValidateLocal ? die() : Task.CompletedTask);

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_second));

        Assert.Equal([(FakeTasks.ValidateLocal, 11)], _second.Ran);
    }

    [Fact]
    public async Task Restart_KeptWeightsGone_TrainsAgainWithoutReporting()
    {
        await DieAsync(_first, (context, die) => context.Task == FakeTasks.ValidateLocal ? die() : Task.CompletedTask);
        Directory.Delete(_federation.StateFolder, recursive: true);

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_second));

        Assert.Equal([(FakeTasks.Train, 10), (FakeTasks.ValidateLocal, 11)], _second.Ran);
        Assert.Single(Gateway.Accepted, report => report.Task == FakeTasks.Train);
    }

    [Fact]
    public async Task Restart_RoundMovedOnMeanwhile_ForgetsTheOldResult()
    {
        Gateway.Rounds = 2;
        await DieAtReportAsync("ReportResult train");
        Gateway.CloseRound();

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_second));

        Assert.Equal([FakeTasks.ValidateGlobal, FakeTasks.Train, FakeTasks.ValidateLocal], _second.Ran.Select(ran => ran.Task));
        Assert.DoesNotContain(_federation.Logs.Lines, line => line.Level >= LogLevel.Error);
    }

    private async Task DieAtReportAsync(string report)
    {
        using var death = new CancellationTokenSource();
        Gateway.OnCall = call =>
        {
            if (call == report)
            {
                death.Cancel();
                throw new RpcException(new Status(StatusCode.Unavailable, "too late"));
            }
        };
        Assert.Equal(ExitCodes.Interrupted, await _federation.RunAsync(_first, cancellationToken: death.Token));
        Gateway.OnCall = null;
    }

    private async Task DieAsync(FakeTasks tasks, Func<Learning.TaskContext, Func<Task>, Task> when)
    {
        using var death = new CancellationTokenSource();
        tasks.Before = context => when(context, async () =>
        {
            await death.CancelAsync();
            context.CancellationToken.ThrowIfCancellationRequested();
        });
        Assert.Equal(ExitCodes.Interrupted, await _federation.RunAsync(tasks, cancellationToken: death.Token));
    }
}
