using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Queue.Tests;

/// <summary>Experiments that run at the same time: what is wrong with one is nothing to another.</summary>
public sealed class SideBySideTests(RoomyClusterFixture fixture) : IClassFixture<RoomyClusterFixture>
{
    private static readonly CollaboratorName Ann = new("ann");

    [Fact]
    public async Task OneThatCannotBeStartedNow_HoldsUpNoOther()
    {
        await using var queue = await TestQueue.OpenAsync(fixture, 2, Ann);
        await queue.SubmitAsync("away");
        await queue.AnswerAsync("away", (Ann, AnswerKind.Accepted));
        await queue.UntilAsync("away", QueuePhase.Started);
        await queue.SubmitAsync("second");
        await queue.AnswerAsync("second", (Ann, AnswerKind.Accepted));

        await queue.RunAsync(await queue.UntilAsync("second", QueuePhase.Started), "ann");

        Assert.Equal(Lifecycle.Finished, (await queue.UntilAsync("second", QueuePhase.Ended)).Ending);
        Assert.Equal(QueuePhase.Started, (await queue.Grain.GetReportAsync()).Find("away")!.Phase);
    }
}
