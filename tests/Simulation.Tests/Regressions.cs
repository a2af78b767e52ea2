using Actors.Simulation.Faults;
using Actors.Simulation.Scenarios;

namespace Actors.Simulation.Tests;

/// <summary>Runs that failed once. A failing seed prints the test to add here.</summary>
public class Regressions
{
    [Fact]
    public void Seed_44_Ends() => Holds(
        Scenario.Of(44) with { Collaborators = 1, Rounds = 1, HasValidators = false },
        [
            new(FaultKind.LoseWriteAnswer, 8),
        ]);

    [Fact]
    public void Seed_198_CountedOnce() => Holds(
        Scenario.Of(198) with { Collaborators = 6, Rounds = 1, HasValidators = false },
        [
            new(FaultKind.LoseUpdate, 4),
        ]);

    [Fact]
    public void Seed_42_PauseIsTrue() => Holds(
        Scenario.Of(42) with { Collaborators = 5, Rounds = 2, HasValidators = false },
        [
            new(FaultKind.CrashCollaborator, 122),
            new(FaultKind.CrashSilo, 1544),
        ]);

    [Fact]
    public void Seed_852_Minimum() => Holds(
        Scenario.Of(852) with { Collaborators = 7, Rounds = 3, HasValidators = false },
        [
            new(FaultKind.DuplicateRequest, 43),
            new(FaultKind.LoseUpdate, 4),
            new(FaultKind.LoseWriteAnswer, 34),
        ]);

    [Fact]
    public void Seed_35_NotRefused() => Holds(
        Scenario.Of(35) with { Collaborators = 5, Rounds = 2, HasValidators = false },
        [
            new(FaultKind.CrashCollaborator, 42),
            new(FaultKind.FailWrite, 22),
            new(FaultKind.CrashCollaborator, 114),
            new(FaultKind.CrashCollaborator, 164),
            new(FaultKind.CrashCollaborator, 175),
        ]);

    [Fact]
    public void Seed_107_AcknowledgedTruly() => Holds(
        Scenario.Of(107) with { Collaborators = 5, Rounds = 2, HasValidators = false },
        [
            new(FaultKind.LoseReply, 1),
            new(FaultKind.LoseReply, 7),
            new(FaultKind.LoseReply, 9),
            new(FaultKind.LoseWriteAnswer, 21),
            new(FaultKind.StallWrite, 22),
            new(FaultKind.LoseReply, 33),
            new(FaultKind.LoseWriteAnswer, 29),
        ]);

    [Fact]
    public void Seed_103988_Minimum() => Holds(
        Scenario.Of(103988) with { Collaborators = 5, Rounds = 3, HasValidators = false },
        [
            new(FaultKind.DuplicateRequest, 23),
            new(FaultKind.LoseUpdate, 1),
            new(FaultKind.LoseWriteAnswer, 10),
            new(FaultKind.LoseReply, 38),
            new(FaultKind.LoseReply, 39),
            new(FaultKind.LoseReply, 41),
            new(FaultKind.LoseReply, 43),
            new(FaultKind.LoseWriteAnswer, 13),
            new(FaultKind.LoseWriteAnswer, 22),
            new(FaultKind.StallWrite, 25),
            new(FaultKind.LoseReply, 87),
            new(FaultKind.LoseWriteAnswer, 26),
            new(FaultKind.LoseUpdate, 9),
            new(FaultKind.LoseUpdate, 10),
            new(FaultKind.LoseReply, 167),
            new(FaultKind.LoseWriteAnswer, 52),
            new(FaultKind.LoseWriteAnswer, 56),
        ]);

    [Fact]
    public void Seed_512441_ClosedTruly() => Holds(
        Scenario.Of(512441) with { Collaborators = 3, Rounds = 4, HasValidators = false },
        [
            new(FaultKind.LoseWriteAnswer, 1),
            new(FaultKind.LoseReply, 7),
            new(FaultKind.LoseReply, 11),
            new(FaultKind.LoseReply, 14),
            new(FaultKind.CutUpload, 4),
            new(FaultKind.LoseReply, 29),
            new(FaultKind.LoseReply, 37),
            new(FaultKind.LoseReply, 43),
            new(FaultKind.LoseReply, 50),
            new(FaultKind.CrashSilo, 631),
            new(FaultKind.FailRead, 11),
            new(FaultKind.LoseReply, 58),
            new(FaultKind.LoseWriteAnswer, 33),
            new(FaultKind.CrashSilo, 833),
            new(FaultKind.LoseWriteAnswer, 36),
            new(FaultKind.LoseWriteAnswer, 37),
            new(FaultKind.LoseReply, 67),
            new(FaultKind.CrashSilo, 970),
            new(FaultKind.LoseUpdate, 6),
            new(FaultKind.CrashSilo, 1084),
            new(FaultKind.FailRead, 40),
            new(FaultKind.LoseWriteAnswer, 54),
            new(FaultKind.CrashSilo, 1260),
            new(FaultKind.CrashSilo, 1330),
            new(FaultKind.FailRead, 51),
            new(FaultKind.FailRead, 53),
        ]);

    /// <summary>In these the weather is the regression: their lists of faults are long.</summary>
    [Theory]
    [InlineData(1968UL)]
    [InlineData(4468UL)]
    [InlineData(115_824UL)]
    [InlineData(151_318UL)]
    public void Asynchronous_seeds_that_failed_once(ulong seed) => Holds(Scenario.AsyncOf(seed), Run.Of(Scenario.AsyncOf(seed)));

    /// <summary>Runs a scenario with these faults, and fails with the shortest trace.</summary>
    internal static void Holds(Scenario scenario, IReadOnlyList<Fault> faults) => Holds(scenario, Run.Of(scenario, faults));

    /// <summary>Fails with the shortest trace of a run that failed.</summary>
    internal static void Holds(Scenario scenario, Run run)
    {
        if (run.Violation is not null)
        {
            Assert.Fail($"Seed {scenario.Seed}. {Regression.Describe(Shrinker.Shrink(scenario, run))}");
        }
    }
}
