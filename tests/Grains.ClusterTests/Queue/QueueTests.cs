using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Queue.Tests;

[Collection(ClusterCollection.Name)]
public sealed class QueueTests(ClusterFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly CollaboratorName Ann = new("ann");
    private static readonly CollaboratorName Bob = new("bob");

    private readonly FederationId _federation = new($"f{Guid.NewGuid():N}");
    private readonly CancellationTokenSource _over = new();
    private Task _attending = Task.CompletedTask;

    private IQueueGrain Queue => fixture.Cluster.Client.GetQueue(_federation);

    public async ValueTask InitializeAsync()
    {
        await fixture.Cluster.Client.GetFederation(_federation).SetMembersAsync([Ann, Bob], CancellationToken.None);
        _attending = AttendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _attending;
        _over.Dispose();
    }

    [Fact]
    public async Task Experiments_RunOneAfterTheOther_EachWithThoseWhoAccepted()
    {
        await SubmitAsync("first");
        await SubmitAsync("second");
        await AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Refused));
        await AnswerAsync("second", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));

        var first = await UntilAsync("first", QueuePhase.Started);
        Assert.Equal(QueuePhase.Waiting, (await Queue.GetReportAsync()).Find("second")!.Phase);
        await RunAsync(first, "ann");
        Assert.Equal(Lifecycle.Finished, (await UntilAsync("first", QueuePhase.Ended)).Ending);

        await RunAsync(await UntilAsync("second", QueuePhase.Started), "ann", "bob");
        Assert.Equal(Lifecycle.Finished, (await UntilAsync("second", QueuePhase.Ended)).Ending);
    }

    [Fact]
    public async Task WhatRuns_GoesOnAfterARestart()
    {
        await SubmitAsync("first");
        await AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Refused));
        var first = await UntilAsync("first", QueuePhase.Started);
        await new TestFederation(fixture, first.IdIn(_federation), "ann").RoundOpensAsync(0);

        await fixture.Cluster.DeactivateAsync(Queue).WaitAsync(Soon);
        await new TestFederation(fixture, first.IdIn(_federation), "ann").DeactivateAllAsync(0);

        await RunAsync(first, "ann");
        Assert.Equal(Lifecycle.Finished, (await UntilAsync("first", QueuePhase.Ended)).Ending);
    }

    [Fact]
    public async Task StopAndRemove_EndWhatRuns_AndDeleteItsFiles()
    {
        await SubmitAsync("first");
        await AnswerAsync("first", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));
        var first = await UntilAsync("first", QueuePhase.Started);
        await new TestFederation(fixture, first.IdIn(_federation), "ann", "bob").RoundOpensAsync(0);
        Assert.Equal(RemoveOutcome.NotEnded, await Queue.RemoveAsync("first", CancellationToken.None));

        Assert.True(await Queue.StopAsync("first", "good enough", CancellationToken.None));
        var ended = await UntilAsync("first", QueuePhase.Ended);
        Assert.Equal((Lifecycle.Stopped, "good enough"), (ended.Ending, ended.Reason));

        Assert.Equal(RemoveOutcome.Removed, await Queue.RemoveAsync("first", CancellationToken.None));
        Assert.True(fixture.Source.IsRemoved(first.IdIn(_federation)));
        Assert.Equal(RemoveOutcome.Unknown, await Queue.RemoveAsync("first", CancellationToken.None));
        Assert.False(await Queue.StopAsync("first", "", CancellationToken.None));
    }

    [Fact]
    public async Task FilesThatCannotBeUsed_EndTheExperiment_AndTheNextStarts()
    {
        await SubmitAsync("broken");
        await SubmitAsync("second");
        await AnswerAsync("broken", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));
        await AnswerAsync("second", (Ann, AnswerKind.Accepted), (Bob, AnswerKind.Accepted));

        var broken = await UntilAsync("broken", QueuePhase.Ended);
        Assert.Equal((Lifecycle.Failed, "The archive is damaged."), (broken.Ending, broken.Reason));
        await UntilAsync("second", QueuePhase.Started);
    }

    [Fact]
    public async Task AnswerToAnotherArchiveOfTheName_DoesNotCount()
    {
        await SubmitAsync("first");
        Assert.False(await Queue.AnswerAsync("first", "another digest", new(Ann, AnswerKind.Accepted, ""), CancellationToken.None));
    }

    private async Task AttendAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await Queue.AttendAsync(Ann, new(1, "", "1"));
            await Queue.AttendAsync(Bob, new(1, "", "1"));
            await Task.Delay(50, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SubmitAsync(string name) => Assert.Equal(
        SubmitOutcome.Queued,
        await Queue.SubmitAsync(new(name, $"digest of {name}", 1, "alice", "alice", [], null), CancellationToken.None).WaitAsync(Soon));

    private async Task AnswerAsync(string name, params (CollaboratorName Collaborator, AnswerKind Kind)[] answers)
    {
        foreach (var (collaborator, kind) in answers)
        {
            Assert.True(await Queue.AnswerAsync(name, $"digest of {name}", new(collaborator, kind, ""), CancellationToken.None).WaitAsync(Soon));
        }
    }

    private async Task RunAsync(QueuedExperiment experiment, params string[] participants)
    {
        var those = new TestFederation(fixture, experiment.IdIn(_federation), participants);
        await those.RoundOpensAsync(0);
        foreach (var name in participants)
        {
            await those.RunTasksAsync(name, 0, TestModel.With(0.3f, 4));
        }
    }

    private async Task<QueuedExperiment> UntilAsync(string name, QueuePhase phase)
    {
        using var bound = new CancellationTokenSource(Soon);
        while (true)
        {
            var experiment = (await Queue.GetReportAsync().WaitAsync(Soon)).Find(name)!;
            if (experiment.Phase == phase)
            {
                return experiment;
            }

            Assert.False(bound.IsCancellationRequested, $"The experiment stays at {experiment}.");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
