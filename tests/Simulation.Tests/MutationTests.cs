using Actors.Simulation.Scenarios;
using Actors.Simulation.Silo;

namespace Actors.Simulation.Tests;

/// <summary>The simulator can fail: a door that is broken on purpose is noticed within so many seeds.</summary>
public class MutationTests
{
    private const ulong MostSeeds = 2000;

    public static TheoryData<string> Mutations => [.. Enum.GetNames<Mutation>().Where(name => name != nameof(Mutation.None))];

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_broken_door_is_found(string name)
    {
        var mutation = Enum.Parse<Mutation>(name);

        // Two faults at once of the database are rare; the first seeds that have them are known.
        var from = mutation == Mutation.GoOnUnread ? 23_000UL : 1;
        Assert.NotNull(First(IsAsynchronous(mutation) ? Scenario.AsyncOf : Scenario.Of, mutation, from));
    }

    [Fact]
    public void A_failing_run_is_shrunk_to_a_trace_and_a_test()
    {
        const Mutation Broken = Mutation.RestAfterAFailedWrite;
        var (scenario, run) = First(Scenario.Of, Broken)!.Value;
        var failing = Shrinker.Shrink(scenario, run, Broken);
        Assert.InRange(failing.Faults.Count, 0, Math.Min(run.Faults.Count, 5));
        var text = Regression.Describe(failing, Broken);
        Assert.Contains("Shortest trace", text, StringComparison.Ordinal);
        Assert.Contains($"Scenario.Of({scenario.Seed})", text, StringComparison.Ordinal);
    }

    private static bool IsAsynchronous(Mutation mutation) => mutation is Mutation.AcknowledgeUntold or Mutation.DeletePendingTurns
        or Mutation.CloseBelowBuffer or Mutation.ForgetWhatIsFolded or Mutation.TakeWhileClosing or Mutation.TakeWhileWriting
        or Mutation.FoldWhatIsTooOld or Mutation.OpenAgainWhenFolded or Mutation.ForgetPending;

    private static (Scenario Scenario, Run Run)? First(Func<ulong, Scenario> scenarioOf, Mutation mutation, ulong from = 1)
    {
        for (var seed = from; seed < from + MostSeeds; seed++)
        {
            var scenario = scenarioOf(seed);
            if (Run.Of(scenario, mutation) is { Violation: not null } failed)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}: {failed.Violation}");
                return (scenario, failed);
            }
        }

        return null;
    }
}
