using Actors.Simulation.Faults;
using Actors.Simulation.Scenarios;

namespace Actors.Simulation.Tests;

/// <summary>Runs that failed once. A failing seed prints the test to add here.</summary>
public class Regressions
{
    [Fact]
    public void Seed_110_Minimum() => Holds(
        Scenario.Of(110) with { Collaborators = 4, Rounds = 1, HasValidators = false },
        [
            new(FaultKind.LoseUpdate, 0),
            new(FaultKind.LoseWriteAnswer, 13),
            new(FaultKind.LoseWriteAnswer, 20),
            new(FaultKind.LoseWriteAnswer, 32),
            new(FaultKind.CrashSilo, 516),
        ]);

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
