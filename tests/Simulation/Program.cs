using System.Diagnostics;
using System.Globalization;

using Actors.Simulation.Invariants;
using Actors.Simulation.Scenarios;
using Actors.Simulation.Silo;

// --seed S --seeds N --steps M: runs N seeds from S on, each at most M steps. --all goes on after a failure and counts.
// --async: with asynchronous rounds. --mutation NAME: with a door that is broken on purpose.
var seed = Number("--seed", 1);
var seeds = Number("--seeds", 1000);
var most = Number("--steps", Run.MostSteps);
var all = args.Contains("--all");
var isAsynchronous = args.Contains("--async");
var mutation = Array.IndexOf(args, "--mutation") is >= 0 and var named ? Enum.Parse<Mutation>(args[named + 1]) : Mutation.None;
var (steps, failures) = (0L, new Dictionary<Invariant, (long Count, long First)>());
var watch = Stopwatch.StartNew();
for (var current = seed; current < seed + seeds; current++)
{
    var scenario = isAsynchronous ? Scenario.AsyncOf((ulong)current) : Scenario.Of((ulong)current);
    var run = Run.Of(scenario, mutation, most);
    steps += run.Steps;
    if (run.Violation is not { } violation)
    {
        continue;
    }

    var (count, first) = failures.GetValueOrDefault(violation.Invariant, (0, current));
    failures[violation.Invariant] = (count + 1, first);
    if (count == 0)
    {
        Console.WriteLine($"Seed {current} fails after {run.Steps} steps and {run.Faults.Count} faults.");
        Console.WriteLine(Regression.Describe(Shrinker.Shrink(scenario, run, mutation), mutation));
    }

    if (!all)
    {
        break;
    }
}

foreach (var (invariant, (count, first)) in failures)
{
    Console.WriteLine($"{invariant}: {count} seeds, the first is {first}");
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{seeds} seeds from {seed}, {steps} steps in {watch.Elapsed.TotalSeconds:F1} s: {steps / watch.Elapsed.TotalMinutes / 1e6:F1} million steps a minute"));
return failures.Count == 0 ? 0 : 1;

long Number(string name, long fallback) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
