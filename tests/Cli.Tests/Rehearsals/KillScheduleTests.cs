using Actors.Contracts.Faults;

using FsCheck;
using FsCheck.Xunit;

namespace Actors.Cli.Rehearsals.Tests;

public class KillScheduleTests
{
    private static readonly string[] Names = ["one", "two", "three", "four"];

    [Property]
    public void Draw_WithTheSameSeed_IsTheSameSchedule(NonNegativeInt seed, byte kills) =>
        Assert.Equal(Shown(KillSchedule.Draw(seed.Get, kills, Names)), Shown(KillSchedule.Draw(seed.Get, kills, Names)));

    [Fact]
    public void Draw_WithAnotherSeed_IsAnotherSchedule() =>
        Assert.NotEqual(Shown(KillSchedule.Draw(1, 20, Names)), Shown(KillSchedule.Draw(2, 20, Names)));

    [Property]
    public void Draw_HasAsManyKillsAsAskedFor(NonNegativeInt seed, byte kills) =>
        Assert.Equal(kills, All(KillSchedule.Draw(seed.Get, kills, Names)).Count());

    [Property]
    public void Draw_HasEveryFaultPointBeforeOneComesAgain(NonNegativeInt seed)
    {
        var points = All(KillSchedule.Draw(seed.Get, KillKinds.All.Count, Names)).Select(kill => kill.Fault?.Point).OfType<FaultPoint>();

        Assert.Equal(Enum.GetValues<FaultPoint>(), points.Order());
    }

    [Property]
    public void Draw_KillsTheProcessThatHasThePoint(NonNegativeInt seed)
    {
        var schedule = KillSchedule.Draw(seed.Get, 40, Names);

        Assert.DoesNotContain(schedule.Aggregator, kill => kill.Fault is { } fault && KillKinds.IsCollaborators(fault.Point));
        Assert.All(
            schedule.Collaborators.Values.SelectMany(kills => kills),
            kill => Assert.True(kill.Fault is null || KillKinds.IsCollaborators(kill.Fault.Point)));
    }

    [Property]
    public void Vanishing_WithTheSameSeed_TakesTheSameSites(NonNegativeInt seed)
    {
        var vanishing = new Vanishing(2, 40, null);

        Assert.Equal(2, vanishing.Choose(seed.Get, Names).Count);
        Assert.Equal(vanishing.Choose(seed.Get, Names), vanishing.Choose(seed.Get, Names));
    }

    private static IEnumerable<Kill> All(KillSchedule schedule) => schedule.Aggregator.Concat(schedule.Collaborators.Values.SelectMany(kills => kills));

    private static string Shown(KillSchedule schedule) => string.Join('\n', Names.Select(name => $"{name}: {string.Join(" ", schedule.Collaborators[name])}").Append(string.Join(" ", schedule.Aggregator)));
}
