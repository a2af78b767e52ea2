using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Assignment.Tests;

public class RandomGroupedAssignerTests
{
    private static readonly AssignerChoice Halves = new("random_grouped", 42, [Given.Group(0.5, "train"), Given.Group(0.5, "validate")]);

    private readonly RandomGroupedAssigner _assigner = new();

    [Property]
    public bool Assign_TheSameSeedAndRound_IsTheSame(long seed, NonNegativeInt round)
    {
        var choice = Halves with { Seed = seed };
        var (first, again) = (_assigner.Assign(choice, round.Get, 0, Given.Names(9)).Tasks, _assigner.Assign(choice, round.Get, 0, Given.Names(9)).Tasks);
        return first.Order(ByName).Select(pair => pair.Value[0]).SequenceEqual(again.Order(ByName).Select(pair => pair.Value[0]));
    }

    [Fact]
    public void Assign_AnotherRoundOrSeed_IsAnotherDivision()
    {
        var rounds = Enumerable.Range(0, 20).Select(round => TrainersOf(Halves, round)).Distinct().Count();
        var seeds = Enumerable.Range(0, 20).Select(seed => TrainersOf(Halves with { Seed = seed }, 0)).Distinct().Count();
        Assert.True(rounds > 15, $"{rounds} divisions in 20 rounds");
        Assert.True(seeds > 15, $"{seeds} divisions by 20 seeds");
    }

    [Property]
    public bool Assign_GivesEveryMemberItsTasksOnce(byte members, byte round)
    {
        var assigned = _assigner.Assign(Halves, round, 0, Given.Names(members)).Tasks;
        var trainers = assigned.Count(pair => pair.Value.SequenceEqual(["train"]));
        return assigned.Keys.Order().SequenceEqual(Given.Names(members)) && trainers == (members + 1) / 2;
    }

    [Fact]
    public void Assign_ThreeAtFiftyFifty_MakesTwoAndOne()
    {
        var assigned = _assigner.Assign(Halves, 0, 0, Given.Names(3)).Tasks;
        Assert.Equal([2, 1], [assigned.Values.Count(tasks => tasks.Contains("train")), assigned.Values.Count(tasks => tasks.Contains("validate"))]);
    }

    [Fact]
    public void Assign_WithAMemberMore_IncludesIt()
    {
        Assert.Equal(Given.Names(4), _assigner.Assign(Halves, 5, 0, Given.Names(4)).Tasks.Keys.Order());
        Assert.Equal(Given.Names(5), _assigner.Assign(Halves, 5, 0, Given.Names(5)).Tasks.Keys.Order());
    }

    [Fact]
    public void Assign_AGroupWithoutTasks_LeavesItsMembersOut()
    {
        var choice = Halves with { Groups = [Given.Group(0.5, "train"), Given.Group(0.5)] };
        Assert.Equal(2, _assigner.Assign(choice, 0, 0, Given.Names(4)).Tasks.Count);
    }

    private static readonly IComparer<KeyValuePair<CollaboratorName, IReadOnlyList<string>>> ByName =
        Comparer<KeyValuePair<CollaboratorName, IReadOnlyList<string>>>.Create((a, b) => a.Key.CompareTo(b.Key));

    private string TrainersOf(AssignerChoice choice, int round) => string.Join(
        ",", _assigner.Assign(choice, round, 0, Given.Names(12)).Tasks.Where(pair => pair.Value[0] == "train").Select(pair => pair.Key).Order());
}
