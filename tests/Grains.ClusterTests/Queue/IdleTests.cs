using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Running.Tests;

using Orleans.Runtime;

namespace Actors.Grains.Queue.Tests;

/// <summary>Hundreds of experiments on one silo: what waits or is over costs disk, and nothing else.</summary>
public sealed class IdleTests(RoomyClusterFixture fixture) : IClassFixture<RoomyClusterFixture>
{
    private const int Many = 300;

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly CollaboratorName Ann = new("ann");

    [Fact]
    public async Task HundredsThatWaitOrAreOver_LeaveNoGrainOfTheirsAwake()
    {
        await using var queue = await TestQueue.OpenAsync(fixture, Many, Ann);
        string[] done = [.. Enumerable.Range(0, Many).Select(number => $"done-{number}")];
        foreach (var name in done)
        {
            await queue.SubmitAsync(name);
            await queue.AnswerAsync(name, (Ann, AnswerKind.Accepted));
            var started = await queue.UntilAsync(name, QueuePhase.Started);
            await queue.RunAsync(started, "ann");
            Assert.Contains(started.IdIn(queue.Federation).ToString(), await AwakeAsync(queue.Federation));
        }

        foreach (var name in done)
        {
            Assert.Equal(Lifecycle.Finished, (await queue.UntilAsync(name, QueuePhase.Ended)).Ending);
        }

        for (var number = 0; number < Many; number++)
        {
            await queue.SubmitAsync($"waits-{number}");
        }

        using var patience = new CancellationTokenSource(Soon);
        var awake = await AwakeAsync(queue.Federation);
        while (awake.Exists(key => key != queue.Federation.Value))
        {
            Assert.False(patience.IsCancellationRequested, $"{awake.Count} grains stay awake: {string.Join(", ", awake.Take(10))}");
            await Task.Delay(100, CancellationToken.None);
            awake = await AwakeAsync(queue.Federation);
        }

        var report = await queue.Grain.GetReportAsync();
        Assert.Equal((Many, Many), (report.Experiments.Count(one => one.Phase == QueuePhase.Ended), report.WaitsFor.Count));
        Assert.Contains(queue.Federation.Value, awake);
    }

    // The keys of this federation's grains and of its experiments'.
    private async Task<List<string>> AwakeAsync(FederationId federation)
    {
        var all = await fixture.Cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics().WaitAsync(Soon);
        return [.. all.Select(grain => grain.GrainId.Key.ToString()!).Where(key => key.StartsWith(federation.Value, StringComparison.Ordinal))];
    }
}
