using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Queue.Tests;

[Collection(ClusterCollection.Name)]
public sealed class QueueTests(ClusterFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    // Longer than the queue takes between two looks at what runs.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1.5);
    private static readonly CollaboratorName Ann = new("ann");
    private static readonly CollaboratorName Bob = new("bob");

    private TestQueue _queue = null!;

    private IQueueGrain Queue => _queue.Grain;

    public async ValueTask InitializeAsync() => _queue = await TestQueue.OpenAsync(fixture, 1, Ann, Bob);

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Fact]
    public async Task Experiments_RunOneAfterTheOther_EachWithThoseWhoAccepted()
    {
        await _queue.SubmitAsync("first");
        await _queue.SubmitAsync("second");
        await _queue.AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Refused));
        await _queue.AnswerAsync("second", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));

        var first = await _queue.UntilAsync("first", QueuePhase.Started);
        Assert.Equal(QueuePhase.Waiting, (await Queue.GetReportAsync()).Find("second")!.Phase);
        await _queue.RunAsync(first, "ann");
        Assert.Equal(Lifecycle.Finished, (await _queue.UntilAsync("first", QueuePhase.Ended)).Ending);

        await _queue.RunAsync(await _queue.UntilAsync("second", QueuePhase.Started), "ann", "bob");
        Assert.Equal(Lifecycle.Finished, (await _queue.UntilAsync("second", QueuePhase.Ended)).Ending);
    }

    [Fact]
    public async Task WhatRuns_GoesOnAfterARestart()
    {
        await _queue.SubmitAsync("first");
        await _queue.AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Refused));
        var first = await _queue.UntilAsync("first", QueuePhase.Started);
        await _queue.Those(first, "ann").RoundOpensAsync(0);

        await fixture.Cluster.DeactivateAsync(Queue).WaitAsync(Soon);
        await _queue.Those(first, "ann").DeactivateAllAsync(0);

        await _queue.RunAsync(first, "ann");
        Assert.Equal(Lifecycle.Finished, (await _queue.UntilAsync("first", QueuePhase.Ended)).Ending);
    }

    [Fact]
    public async Task StopAndRemove_EndWhatRuns_AndDeleteItsFiles()
    {
        await _queue.SubmitAsync("first");
        await _queue.AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));
        var first = await _queue.UntilAsync("first", QueuePhase.Started);
        await _queue.Those(first, "ann", "bob").RoundOpensAsync(0);
        Assert.Equal(RemoveOutcome.NotEnded, await Queue.RemoveAsync("first", CancellationToken.None));

        Assert.True(await Queue.StopAsync("first", "good enough", CancellationToken.None));
        var ended = await _queue.UntilAsync("first", QueuePhase.Ended);
        Assert.Equal((Lifecycle.Stopped, "good enough"), (ended.Ending, ended.Reason));

        Assert.Equal(RemoveOutcome.Removed, await Queue.RemoveAsync("first", CancellationToken.None));
        Assert.True(fixture.Source.IsRemoved(first.IdIn(_queue.Federation)));
        Assert.Equal(RemoveOutcome.Unknown, await Queue.RemoveAsync("first", CancellationToken.None));
        Assert.False(await Queue.StopAsync("first", "", CancellationToken.None));
    }

    [Fact]
    public async Task PausedWhileItWaits_DoesNotStart_UntilItGoesOn()
    {
        await _queue.SubmitAsync("first");
        Assert.Equal(PauseOutcome.Done, await Queue.PauseAsync("first", "not today", CancellationToken.None));
        await _queue.AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));
        await _queue.SubmitAsync("second");
        await _queue.AnswerAsync("second", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));

        await _queue.RunAsync(await _queue.UntilAsync("second", QueuePhase.Started), "ann", "bob");
        await _queue.UntilAsync("second", QueuePhase.Ended);
        Assert.Equal(("not today", QueuePhase.Waiting), ((await Queue.GetReportAsync()).WaitsFor["first"], (await Queue.GetReportAsync()).Find("first")!.Phase));

        Assert.Equal(PauseOutcome.Done, await Queue.ResumeAsync("first", CancellationToken.None));
        await _queue.UntilAsync("first", QueuePhase.Started);
    }

    [Fact]
    public async Task PausedWhileItRuns_KeepsItsPlace_AndStaysPausedOverARestart()
    {
        await _queue.SubmitAsync("first");
        await _queue.SubmitAsync("second");
        await _queue.AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Refused));
        await _queue.AnswerAsync("second", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Refused));
        var first = await _queue.UntilAsync("first", QueuePhase.Started);
        var those = _queue.Those(first, "ann");
        await those.RoundOpensAsync(0);

        Assert.Equal(PauseOutcome.Done, await Queue.PauseAsync("first", "maintenance", CancellationToken.None));
        await fixture.Cluster.DeactivateAsync(Queue).WaitAsync(Soon);
        await those.DeactivateAllAsync(0);
        var paused = await those.UntilAsync(current => current.Lifecycle == Lifecycle.Paused);
        Assert.Equal((false, "maintenance"), (paused.HandsOutWork, paused.Reason));
        Assert.Equal(QueuePhase.Waiting, (await Queue.GetReportAsync()).Find("second")!.Phase);

        Assert.Equal(PauseOutcome.Done, await Queue.ResumeAsync("first", CancellationToken.None));
        await _queue.RunAsync(first, "ann");
        await _queue.UntilAsync("first", QueuePhase.Ended);
        Assert.Equal(PauseOutcome.Ended, await Queue.PauseAsync("first", "", CancellationToken.None));
        Assert.Equal(PauseOutcome.Unknown, await Queue.ResumeAsync("third", CancellationToken.None));
    }

    [Fact]
    public async Task FilesThatCannotBeUsed_EndTheExperiment_AndTheNextStarts()
    {
        await _queue.SubmitAsync("broken");
        await _queue.SubmitAsync("second");
        await _queue.AnswerAsync("broken", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));
        await _queue.AnswerAsync("second", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));

        var broken = await _queue.UntilAsync("broken", QueuePhase.Ended);
        Assert.Equal((Lifecycle.Failed, "The archive is damaged."), (broken.Ending, broken.Reason));
        await _queue.UntilAsync("second", QueuePhase.Started);
    }

    [Fact]
    public async Task OnceEveryHostHasGivenUp_ItFails_KeepsItsModel_AndTheNextStarts()
    {
        await _queue.SubmitAsync("first");
        await _queue.SubmitAsync("second");
        await _queue.AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));
        await _queue.AnswerAsync("second", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));
        var first = await _queue.UntilAsync("first", QueuePhase.Started);
        await _queue.Those(first, "ann", "bob").RoundOpensAsync(0);

        await _queue.AnswerAsync("first", new HostAnswer(Ann, AnswerKind.Failed, "no data"));
        await Task.Delay(Glance, CancellationToken.None);
        Assert.Equal(QueuePhase.Started, (await Queue.GetReportAsync()).Find("first")!.Phase);
        await _queue.AnswerAsync("first", new HostAnswer(Bob, AnswerKind.Refused, "not ours"));

        var ended = await _queue.UntilAsync("first", QueuePhase.Ended);
        Assert.Equal((Lifecycle.Failed, "every host in it has given up: ann: no data; bob: not ours"), (ended.Ending, ended.Reason));
        Assert.Equal(Lifecycle.Failed, fixture.Record.Of(first.IdIn(_queue.Federation))[^1].Lifecycle);
        await _queue.UntilAsync("second", QueuePhase.Started);
    }

    // What was said is persisted before the queue acts on it.
    [Fact]
    public async Task OnceEveryHostHasGivenUp_ItFails_OverARestart()
    {
        await _queue.SubmitAsync("first");
        await _queue.AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Refused));
        await _queue.UntilAsync("first", QueuePhase.Started);
        await Queue.PauseAsync("first", "maintenance", CancellationToken.None);
        await _queue.AnswerAsync("first", new HostAnswer(Ann, AnswerKind.Failed, "no data"));
        await fixture.Cluster.DeactivateAsync(Queue).WaitAsync(Soon);
        await Task.Delay(Glance, CancellationToken.None);
        Assert.Equal(QueuePhase.Started, (await Queue.GetReportAsync()).Find("first")!.Phase);

        await Queue.ResumeAsync("first", CancellationToken.None);

        Assert.Equal("every host in it has given up: ann: no data", (await _queue.UntilAsync("first", QueuePhase.Ended)).Reason);
    }

    [Fact]
    public async Task AnswerToAnotherArchiveOfTheName_DoesNotCount()
    {
        await _queue.SubmitAsync("first");
        Assert.False(await Queue.AnswerAsync("first", "another digest", new(Ann, AnswerKind.Accepted, ""), CancellationToken.None));
    }
}
