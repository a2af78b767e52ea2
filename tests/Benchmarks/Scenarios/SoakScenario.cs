using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

using Actors.Benchmarks.Processes;

using static Actors.Benchmarks.Scenarios.ScenarioRun;

namespace Actors.Benchmarks.Scenarios;

/// <summary>Whether anything grows while rounds go by.</summary>
internal sealed class SoakScenario : IScenario
{
    private const int Collaborators = 2;
    private const int Samples = 20;

    public string Name => "soak";

    public async Task<JsonObject> RunAsync(ScenarioRun run)
    {
        var step = run.IsQuick ? 50 : 500;
        await using var federation = await BenchmarkFederation.StartAsync(Workload.Tiny, Collaborators);
        await federation.AddClientsAsync(0, Collaborators, withFiles: false);
        var (cases, started) = (new JsonArray(), Stopwatch.GetTimestamp());
        for (var rounds = step; rounds <= step * Samples; rounds += step)
        {
            await federation.AllAsync(string.Create(CultureInfo.InvariantCulture, $"rounds {step}"));
            await federation.Silo.DoAsync("collect");
            cases.Add(Sample(federation, rounds, Stopwatch.GetElapsedTime(started).TotalSeconds));
            Say($"soak: {rounds} rounds");
        }

        return new() { ["cases"] = cases };
    }

    private static JsonObject Sample(BenchmarkFederation federation, int rounds, double seconds)
    {
        var files = new DirectoryInfo(federation.Folder).GetFiles("*", SearchOption.AllDirectories);
        var database = files.Where(file => file.Name.StartsWith("aggregator.db", StringComparison.Ordinal)).ToList();
        return new()
        {
            ["collaborators"] = Collaborators,
            ["parameters"] = Workload.Tiny.Parameters,
            ["rounds"] = rounds,
            ["seconds"] = Round(seconds),
            ["anonymousBytes"] = ProcessFigures.Bytes(federation.Silo.Id, "RssAnon"),
            ["rssBytes"] = ProcessFigures.Bytes(federation.Silo.Id, "VmRSS"),
            ["handles"] = ProcessFigures.Handles(federation.Silo.Id),
            ["files"] = files.Length,
            ["databaseBytes"] = database.Sum(file => file.Length),
        };
    }
}
