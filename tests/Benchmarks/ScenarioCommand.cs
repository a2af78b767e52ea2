using System.Text.Json;

using Actors.Benchmarks.Scenarios;

namespace Actors.Benchmarks;

/// <summary><c>SCENARIO [--json FILE] [--quick] [--only NAMES]</c></summary>
internal static class ScenarioCommand
{
    private static readonly IScenario[] Scenarios =
    [
        new RoundsScenario(), new TransferScenario(), new AggregateScenario(), new MemoryScenario(), new ScaleScenario(), new SoakScenario(),
        new OpenFlScenario(), new KernelsScenario(), new LearningScenario(),
    ];

    /// <summary>Runs the scenario that the arguments name and writes its figures.</summary>
    /// <returns>0, or 2 when the arguments cannot be read.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || Scenarios.FirstOrDefault(scenario => scenario.Name == args[0]) is not { } chosen)
        {
            await Console.Error.WriteLineAsync(
                $"Usage: SCENARIO [--json FILE] [--quick] [--only NAMES], where SCENARIO is one of {string.Join(", ", Scenarios.Select(scenario => scenario.Name))}.");
            return 2;
        }

        var file = ValueOf(args, "--json");
        var run = new ScenarioRun(
            args.Contains("--quick"), ValueOf(args, "--only"), file is null ? null : Path.GetDirectoryName(Path.GetFullPath(file)));
        var figures = await chosen.RunAsync(run);
        figures["scenario"] = chosen.Name;
        figures["quick"] = run.IsQuick;
        var text = figures.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        Console.WriteLine(text);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text + Environment.NewLine);
        }

        return 0;
    }

    private static string? ValueOf(string[] args, string option) =>
        Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
