using Actors.Simulation.Faults;
using Actors.Simulation.Invariants;
using Actors.Simulation.Silo;

namespace Actors.Simulation.Scenarios;

/// <summary>One federation from its start to its end, or to the first invariant that does not hold.</summary>
/// <param name="Violation">What did not hold; null when everything did.</param>
/// <param name="Steps">How many things happened.</param>
/// <param name="Faults">What went wrong, in order.</param>
internal sealed record Run(Violation? Violation, long Steps, IReadOnlyList<Fault> Faults)
{
    /// <summary>More steps than any federation here takes.</summary>
    public const long MostSteps = 2_000_000;

    /// <summary>Runs a seed's scenario in its weather.</summary>
    public static Run Of(Scenario scenario, Mutation mutation = Mutation.None, long mostSteps = MostSteps) =>
        Of(scenario, FaultPlan.Of(scenario.Seed, Weather.Of(scenario.Seed)), mutation, null, mostSteps);

    /// <summary>Runs a scenario with these faults and no others.</summary>
    public static Run Of(Scenario scenario, IEnumerable<Fault> faults, Mutation mutation = Mutation.None, List<string>? trace = null) =>
        Of(scenario, FaultPlan.Of(scenario.Seed, faults), mutation, trace, MostSteps);

    private static Run Of(Scenario scenario, FaultPlan faults, Mutation mutation, List<string>? trace, long mostSteps)
    {
        var world = new World(scenario, faults, mutation, trace);
        var patience = scenario.FaultsEnd + (TimeSpan.FromHours(1) * (scenario.Rounds + 1));
        while (world.Ledger.Violation is null)
        {
            if (!faults.IsOver && world.Schedule.Elapsed >= scenario.FaultsEnd)
            {
                faults.End();
            }

            if (world.Ledger.IsFinished && world.Hosts.All(host => host.HasLeft))
            {
                world.Ledger.Ended();
                break;
            }

            if (!world.Schedule.Step() || world.Schedule.Elapsed > patience || world.Schedule.Steps >= mostSteps)
            {
                world.Ledger.Violate(Invariant.Ends, $"The federation has not ended after {world.Schedule.Elapsed} and {world.Schedule.Steps} steps.");
                break;
            }
        }

        return new(world.Ledger.Violation, world.Schedule.Steps, [.. faults.Struck]);
    }
}
