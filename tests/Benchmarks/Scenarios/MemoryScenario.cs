using System.Globalization;
using System.Text.Json.Nodes;

using Actors.Benchmarks.Processes;

using static Actors.Benchmarks.Scenarios.ScenarioRun;

namespace Actors.Benchmarks.Scenarios;

/// <summary>How much memory the silo takes for a model and a number of collaborators.</summary>
internal sealed class MemoryScenario : IScenario
{
    private const int Rounds = 2;

    public string Name => "memory";

    public async Task<JsonObject> RunAsync(ScenarioRun run)
    {
        (int Millions, int Collaborators)[] cases = run.IsQuick
            ? [(1, 2), (10, 8)]
            : [(1, 2), (1, 16), (10, 8), (25, 4), (25, 16), (100, 2), (100, 4), (100, 16)];
        var figures = new JsonArray();
        foreach (var (millions, collaborators) in cases.Where(one => run.Wants($"{one.Millions}M-{one.Collaborators}")))
        {
            Say($"memory: {millions}M parameters, {collaborators} collaborators");
            figures.Add(await MeasureAsync(Workload.Millions(millions), collaborators));
        }

        return new() { ["cases"] = figures };
    }

    private static async Task<JsonNode> MeasureAsync(Workload workload, int collaborators)
    {
        await using var federation = await BenchmarkFederation.StartAsync(workload, collaborators);
        await Task.Delay(TimeSpan.FromSeconds(2));
        var idle = ProcessFigures.Bytes(federation.Silo.Id, "RssAnon");
        var cpu = federation.Silo.CpuSeconds;
        await using var watch = new AnonymousMemoryWatch(federation.Silo.Id);
        await federation.AddClientsAsync(0, collaborators, withFiles: true);
        await federation.AllAsync(string.Create(CultureInfo.InvariantCulture, $"rounds {Rounds}"));
        await federation.AllAsync("await");
        return new JsonObject
        {
            ["collaborators"] = collaborators,
            ["parameters"] = workload.Parameters,
            ["siloPeakRssBytes"] = ProcessFigures.Bytes(federation.Silo.Id, "VmHWM"),
            ["idleAnonymousBytes"] = idle,
            ["growthBytes"] = watch.PeakBytes - idle,
            ["siloCpuSecondsPerRound"] = Round((federation.Silo.CpuSeconds - cpu) / Rounds),
            ["rounds"] = Rounds,
        };
    }
}
