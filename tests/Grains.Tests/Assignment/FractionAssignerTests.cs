using Actors.Grains.Experiments;

using FsCheck.Xunit;

namespace Actors.Grains.Assignment.Tests;

public class FractionAssignerTests
{
    private readonly FractionAssigner _assigner = new();

    [Theory]
    [InlineData(0.1, 100, 10)]
    [InlineData(0.1, 3, 1)]
    [InlineData(0, 3, 1)]
    [InlineData(1, 3, 3)]
    [InlineData(0.5, 5, 3)]
    public void Assign_TakesTheFraction_AndAtLeastOne(double fraction, int members, int count)
    {
        var assignment = _assigner.Assign(Of(("fraction", fraction)), 0, 0, Given.Names(members));
        Assert.Equal(count, assignment.Tasks.Count);
        Assert.All(assignment.Tasks.Values, tasks => Assert.Equal(["train"], tasks));
        Assert.Null(assignment.Enough);
    }

    [Theory]
    [InlineData(1.3, 13, 10)]
    [InlineData(1.01, 11, 10)]
    [InlineData(99, 100, 10)]
    public void Assign_WithOverSelection_InvitesMoreAndHasEnoughWithTheFraction(double factor, int invited, int enough)
    {
        var assignment = _assigner.Assign(Of(("fraction", 0.1), ("over_selection", factor)), 0, 0, Given.Names(100));
        Assert.Equal((invited, enough), (assignment.Tasks.Count, assignment.Enough));
    }

    [Fact]
    public void Assign_TriedAgain_InvitesAsManyMoreAndKeepsTheFirst()
    {
        var first = _assigner.Assign(Of(("fraction", 0.1)), 4, 0, Given.Names(100));
        var again = _assigner.Assign(Of(("fraction", 0.1)), 4, 1, Given.Names(100));
        Assert.Equal((20, 10), (again.Tasks.Count, again.Enough));
        Assert.Subset(again.Tasks.Keys.ToHashSet(), first.Tasks.Keys.ToHashSet());
    }

    [Property]
    public bool Assign_TheSameSeedAndRound_IsTheSame(long seed, byte round) =>
        Drawn(seed, round).SequenceEqual(Drawn(seed, round));

    [Fact]
    public void Assign_OverTheRounds_LeavesNobodyOut() =>
        Assert.Equal(Given.Names(20), Enumerable.Range(0, 100).SelectMany(round => Drawn(7, round)).Distinct().Order());

    [Fact]
    public void Assign_WithNobody_IsNothing() => Assert.Empty(_assigner.Assign(Of(("fraction", 0.5)), 0, 0, []).Tasks);

    private static AssignerChoice Of(params (string Key, double Value)[] numbers) =>
        new("fraction", 42, [Given.Group(0, "train")], numbers.ToDictionary(number => number.Key, number => number.Value));

    private IEnumerable<Contracts.Identity.CollaboratorName> Drawn(long seed, int round) =>
        _assigner.Assign(Of(("fraction", 0.2)) with { Seed = seed }, round, 0, Given.Names(20)).Tasks.Keys.Order();
}
