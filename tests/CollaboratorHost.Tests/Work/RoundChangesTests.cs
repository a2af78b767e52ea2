using Actors.CollaboratorHost.Tests;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work.Tests;

/// <summary>Rounds that end, results that are not wanted, tasks that fail.</summary>
public sealed class RoundChangesTests : IAsyncLifetime
{
    private readonly Federation _federation = new();
    private readonly FakeTasks _tasks = new();

    private FakeGateway Gateway => _federation.Gateway;

    public async ValueTask InitializeAsync() => await _federation.StartAsync();

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Fact]
    public async Task Report_RoundClosed_DropsTheRestAndGoesOn()
    {
        Gateway.Rounds = 2;
        _tasks.Before = context =>
        {
            if (context is { Round: 0, Task: FakeTasks.Train })
            {
                Gateway.CloseRound();
            }

            return Task.CompletedTask;
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(
            [FakeTasks.ValidateGlobal, FakeTasks.Train, FakeTasks.ValidateGlobal, FakeTasks.Train, FakeTasks.ValidateLocal],
            _tasks.Ran.Select(ran => ran.Task));
        Assert.Equal(FakeRunner.BytesOf(11), Gateway.Model);
    }

    [Fact]
    public async Task Heartbeat_RoundMovedOn_CancelsTheTask()
    {
        Gateway.Rounds = 2;
        Gateway.LeaseSeconds = 1;
        var stopped = false;
        _tasks.Before = async context =>
        {
            if (context is { Round: 0, Task: FakeTasks.Train })
            {
                Gateway.CloseRound();
                var end = new TaskCompletionSource();
                await using var registration = context.CancellationToken.Register(end.SetResult);
                await end.Task.WaitAsync(Federation.Patience, CancellationToken.None);
                stopped = true;
                context.CancellationToken.ThrowIfCancellationRequested();
            }
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.True(stopped);
        Assert.Equal(["ReportResult train"], Gateway.CallsTo("ReportResult train").Distinct());
        Assert.DoesNotContain(_federation.Logs.Lines, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Report_Refused_GoesOnWithTheOthersAndDoesNotRepeat()
    {
        Gateway.Rounds = 2;
        Gateway.OnReport = report =>
        {
            if (report is { Round: 0, Task: FakeTasks.Train })
            {
                return new() { Refused = new() { Message = "The update is not finite." } };
            }

            if (report is { Round: 0, Task: FakeTasks.ValidateLocal })
            {
                // The round's policy closes it without the update, once the collaborator has asked in vain a few times.
                Gateway.OnCall = call =>
                {
                    if (call is "GetTasks" && Gateway.Round == 0 && Gateway.CallsTo("GetTasks").Count() > 4)
                    {
                        Gateway.CloseRound();
                    }
                };
            }

            return null;
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Contains("The update is not finite.", Assert.Single(_federation.Logs.At(LogLevel.Error)), StringComparison.Ordinal);
        Assert.Single(Gateway.Accepted, report => report.Task == FakeTasks.Train);
        Assert.Equal(2, _tasks.Ran.Count(ran => ran.Task == FakeTasks.Train));
    }

    [Fact]
    public async Task Task_ThrowsOnce_RunsAgainFromTheSameWeights()
    {
        var failures = 0;
        _tasks.Before = context =>
        {
            if (context.Task == FakeTasks.Train && failures++ == 0)
            {
                _tasks.FakeRunner.Counter = 1000;
                throw new InvalidOperationException("bad luck");
            }

            return Task.CompletedTask;
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal([10, 10], _tasks.Ran.Where(ran => ran.Task == FakeTasks.Train).Select(ran => ran.Counter));
        Assert.Equal("Round 0, collaborator one: train failed: bad luck", Assert.Single(_federation.Logs.At(LogLevel.Error)));
    }

    [Fact]
    public async Task Task_ThrowsAlways_EndsTheProcess()
    {
        _tasks.Before = context => context.Task == FakeTasks.Train ? throw new InvalidOperationException("no data") : Task.CompletedTask;

        Assert.Equal(ExitCodes.WorkFailed, await _federation.RunAsync(_tasks));

        Assert.Equal(4, _federation.Logs.At(LogLevel.Error).Count());
        Assert.Contains(
            "'train' of round 0 failed 4 times",
            Assert.Single(_federation.Logs.At(LogLevel.Critical)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tensors_Gone_AsksForTasksAgain()
    {
        // The round's model is cleaned away between the answer with the work and the download.
        Gateway.OnCall = call =>
        {
            if (call is "PullTensors 0" && Gateway.CallsTo("PullTensors").Count() == 1)
            {
                throw new Grpc.Core.RpcException(new(Grpc.Core.StatusCode.NotFound, "cleaned away"));
            }
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(3, Gateway.Accepted.Count);
        Assert.Equal(3, Gateway.CallsTo("GetTasks").Count());
    }
}
