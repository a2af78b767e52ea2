using Actors.Simulation.Faults;
using Actors.Simulation.Silo;

namespace Actors.Simulation.Scenarios;

/// <summary>A scenario with the faults that make it fail.</summary>
internal sealed record Failing(Scenario Scenario, IReadOnlyList<Fault> Faults, Run Run);

/// <summary>
/// Makes a failing run smaller as long as the same invariant fails: fewer faults (delta debugging, Zeller and Hildebrandt, 2002),
/// fewer rounds, fewer collaborators. Faults after the failure were never reached, so the prefix is the shortest by itself.
/// </summary>
internal static class Shrinker
{
    private const int MostRuns = 2000;

    public static Failing Shrink(Scenario scenario, Run run, Mutation mutation = Mutation.None)
    {
        var runs = 0;
        var best = new Failing(scenario, run.Faults, run);
        for (var improved = true; improved && runs < MostRuns;)
        {
            improved = false;
            foreach (var kind in best.Faults.Select(fault => fault.Kind).Distinct().ToList())
            {
                improved |= Try(best.Scenario, [.. best.Faults.Where(fault => fault.Kind != kind)]);
            }

            for (var chunk = Math.Max(best.Faults.Count, 1); chunk >= 1; chunk /= 2)
            {
                for (var from = 0; from < best.Faults.Count && runs < MostRuns;)
                {
                    var removed = Try(best.Scenario, [.. best.Faults.Take(from), .. best.Faults.Skip(from + chunk)]);
                    (improved, from) = removed ? (true, from) : (improved, from + chunk);
                }
            }

            foreach (var smaller in Smaller(best.Scenario))
            {
                improved |= Try(smaller, best.Faults);
            }
        }

        return best;

        bool Try(Scenario candidate, IReadOnlyList<Fault> faults)
        {
            runs++;
            var tried = Run.Of(candidate, faults, mutation);
            var fails = tried.Violation?.Invariant == run.Violation!.Invariant
                && (tried.Faults.Count < best.Faults.Count || candidate != best.Scenario);
            if (fails)
            {
                best = new(candidate, tried.Faults, tried);
            }

            return fails;
        }
    }

    private static IEnumerable<Scenario> Smaller(Scenario scenario)
    {
        if (scenario.Rounds > 1)
        {
            yield return scenario with { Rounds = 1 };
            yield return scenario with { Rounds = scenario.Rounds - 1 };
        }

        if (scenario.Collaborators > 1)
        {
            yield return scenario with { Collaborators = 1 };
            yield return scenario with { Collaborators = scenario.Collaborators - 1 };
        }

        if (scenario.HasValidators)
        {
            yield return scenario with { HasValidators = false };
        }
    }
}
