using Actors.Contracts.Identity;
using Actors.Grains.Running.Tests;

using Orleans.Runtime;

namespace Actors.Grains.Queue.Tests;

/// <summary>What a queue writes, and what a crash between two writes leaves.</summary>
public sealed class QueueRecordsTests(QueueRecordsTests.Silo silo) : IClassFixture<QueueRecordsTests.Silo>, IAsyncLifetime
{
    private const string Index = "queue";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly CollaboratorName[] Members = [.. Enumerable.Range(0, 10).Select(number => new CollaboratorName($"hospital-{number}"))];

    private TestQueue _queue = null!;

    private string Key => _queue.Federation.Value;

    public async ValueTask InitializeAsync() => _queue = await TestQueue.OpenAsync(silo, 1, Members);

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Fact]
    public async Task Change_WritesItsExperimentOnly_HoweverManyThereAre()
    {
        const int many = 500;
        await SubmitAsync(many);

        var before = silo.Storage.BytesWritten;
        await _queue.AnswerAsync("e-7", new HostAnswer(Members[3], AnswerKind.Reviewing, new('r', 200)));
        var answer = silo.Storage.BytesWritten - before;
        await _queue.SubmitAsync("another");
        var submission = silo.Storage.BytesWritten - before - answer;

        TestContext.Current.TestOutputHelper?.WriteLine($"An answer writes {answer} bytes, a submission {submission}, with {many} experiments.");
        Assert.InRange(answer, 1, 1500);
        Assert.InRange(submission, 1, 5000);
    }

    [Fact]
    public async Task EverythingIsThereAgain_AfterARestart_InTheOrderOfSubmission()
    {
        await SubmitAsync(12);
        await _queue.AnswerAsync("e-1", new HostAnswer(Members[0], AnswerKind.Refused, "not ours"));
        await RestartAsync();

        var report = await _queue.Grain.GetReportAsync();
        Assert.Equal(Enumerable.Range(0, 12).Select(number => $"e-{number}"), report.Experiments.Select(experiment => experiment.Name));
        Assert.Equal(AnswerKind.Refused, report.Find("e-1")!.AnswerOf(Members[0]));
    }

    // The number is listed, and then the process dies.
    [Fact]
    public async Task NumberWithoutARecord_CountsAsNone_AndIsNeverUsedAgain()
    {
        await SubmitAsync(1);
        await silo.Cluster.DeactivateAsync(_queue.Grain).WaitAsync(Soon);
        silo.Storage.Craft(Index, Key, new QueueIndex { Numbers = [1, 2], NextNumber = 3 });

        Assert.Equal(["e-0"], (await _queue.Grain.GetReportAsync()).Experiments.Select(experiment => experiment.Name));
        await _queue.SubmitAsync("late");
        await RestartAsync();

        Assert.Equal([1, 3], (await _queue.Grain.GetReportAsync()).Experiments.Select(experiment => experiment.Number));
        Assert.Equal([1, 3], silo.Storage.Stored<QueueIndex>(Index, Key).Numbers);
    }

    [Theory]
    [InlineData(Index, false, SubmitOutcome.Queued)]
    [InlineData(Index, true, SubmitOutcome.Queued)] // The number is listed, and nothing else.
    [InlineData("queued-experiment-1", false, SubmitOutcome.Queued)]
    [InlineData("queued-experiment-1", true, SubmitOutcome.Already)] // Only the word of it was lost.
    public async Task SubmissionThatCouldNotBeWritten_IsTriedAgain(string record, bool lost, SubmitOutcome again)
    {
        silo.Storage.Refuse(record, Key, lost: lost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _queue.SubmitAsync("first"));

        Assert.Equal(again, await _queue.TrySubmitAsync("first"));

        await RestartAsync();
        Assert.Equal("first", Assert.Single((await _queue.Grain.GetReportAsync()).Experiments).Name);
    }

    [Fact]
    public async Task AnswerThatCouldNotBeWritten_IsAsIfItWereNotGiven()
    {
        await SubmitAsync(1);
        var answer = new HostAnswer(Members[0], AnswerKind.Accepted, "");
        silo.Storage.Refuse("queued-experiment-1", Key);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _queue.AnswerAsync("e-0", answer));
        Assert.Equal(AnswerKind.None, (await _queue.Grain.GetReportAsync()).Find("e-0")!.AnswerOf(Members[0]));

        await _queue.AnswerAsync("e-0", answer);

        await RestartAsync();
        Assert.Equal(AnswerKind.Accepted, (await _queue.Grain.GetReportAsync()).Find("e-0")!.AnswerOf(Members[0]));
    }

    // Its record is gone, and then the index cannot be written.
    [Fact]
    public async Task RemovalThatBreaksOff_LeavesNothing()
    {
        await SubmitAsync(2);
        await _queue.Grain.StopAsync("e-0", "", CancellationToken.None).WaitAsync(Soon);
        silo.Storage.Refuse(Index, Key);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _queue.Grain.RemoveAsync("e-0", CancellationToken.None));
        Assert.False(silo.Storage.Has("queued-experiment-1", Key));

        await RestartAsync();
        Assert.Equal(RemoveOutcome.Unknown, await _queue.Grain.RemoveAsync("e-0", CancellationToken.None));
        Assert.Equal(["e-1"], (await _queue.Grain.GetReportAsync()).Experiments.Select(experiment => experiment.Name));
    }

    private async Task SubmitAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await _queue.SubmitAsync($"e-{number}");
        }
    }

    private Task RestartAsync() => silo.Cluster.DeactivateAsync(_queue.Grain).WaitAsync(Soon);

    /// <summary>A silo of its own: other tests' writes are not counted.</summary>
    public sealed class Silo : ClusterFixture;
}
