using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

using Actors.Benchmarks.Processes;

using static Actors.Benchmarks.Scenarios.ScenarioRun;

namespace Actors.Benchmarks.Scenarios;

/// <summary>What a round costs when its model weighs nothing.</summary>
internal sealed class RoundsScenario : IScenario
{
    public string Name => "rounds";

    public async Task<JsonObject> RunAsync(ScenarioRun run)
    {
        var cases = new JsonArray();
        var sizes = run.IsQuick ? [2, 8] : new[] { 2, 8, 32 };
        foreach (var collaborators in sizes.Where(one => run.Wants(one.ToString(CultureInfo.InvariantCulture))))
        {
            Say($"rounds: {collaborators} collaborators");
            cases.Add(await MeasureAsync(collaborators, run.IsQuick ? 100 : 3200 / collaborators));
        }

        return new() { ["cases"] = cases };
    }

    private static async Task<JsonNode> MeasureAsync(int collaborators, int rounds)
    {
        await using var federation = await BenchmarkFederation.StartAsync(Workload.Tiny, collaborators);
        await federation.AddClientsAsync(0, collaborators, withFiles: false);
        await federation.AllAsync($"rounds {Math.Max(20, rounds / 2)}"); // Until the code is compiled with what was learnt of it.
        var (figures, silo, clients, started) =
            (await federation.FiguresAsync(), federation.Silo.CpuSeconds, federation.ClientCpuSeconds, Stopwatch.GetTimestamp());
        await federation.AllAsync($"rounds {rounds}");
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds / rounds;
        var after = await federation.FiguresAsync();
        return new JsonObject
        {
            ["collaborators"] = collaborators,
            ["parameters"] = Workload.Tiny.Parameters,
            ["secondsPerRound"] = Round(seconds),
            ["roundsPerMinute"] = Round(60 / seconds),
            ["siloCpuSecondsPerRound"] = Round((federation.Silo.CpuSeconds - silo) / rounds),
            ["clientCpuSecondsPerRound"] = Round((federation.ClientCpuSeconds - clients) / rounds),
            ["grainCallsPerRound"] = Round((double)(after.GrainCalls - figures.GrainCalls) / rounds),
            ["databaseWritesPerRound"] = Round((double)(after.DatabaseWrites - figures.DatabaseWrites) / rounds),
            ["siloPeakRssBytes"] = ProcessFigures.Bytes(federation.Silo.Id, "VmHWM"),
            ["rounds"] = rounds,
        };
    }
}
