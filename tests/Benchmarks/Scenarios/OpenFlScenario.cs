using System.Diagnostics;
using System.Text.Json.Nodes;

using Actors.Benchmarks.Processes;

using static Actors.Benchmarks.Scenarios.ScenarioRun;

namespace Actors.Benchmarks.Scenarios;

/// <summary>
/// What a round with collaborators of the original's kind costs the silo: processes of Python, a connection with an RSA handshake for each
/// call, one call for each tensor.
/// </summary>
internal sealed class OpenFlScenario : IScenario
{
    // The first calls find code that is not compiled for good yet.
    private const int WarmupRounds = 160;

    public string Name => "openfl-wire";

    public async Task<JsonObject> RunAsync(ScenarioRun run)
    {
        (string Name, Workload Workload, int Collaborators, int Rounds)[] cases =
        [
            ("tiny-2", Workload.Tiny, 2, 80),
            ("tiny-8", Workload.Tiny, 8, 20),
            ("tiny-32", Workload.Tiny, 32, 8),
            ("25M-2", Workload.Millions(25), 2, 4),
            ("25M-8", Workload.Millions(25), 8, 2),
            ("25M-32", Workload.Millions(25), 32, 1),
        ];
        var figures = new JsonArray();
        foreach (var (name, workload, collaborators, rounds) in cases.Where(one => run.Wants(one.Name)).Take(run.IsQuick ? 1 : cases.Length))
        {
            Say($"openfl-wire: {name}");
            figures.Add(await MeasureAsync(workload, collaborators, rounds));
        }

        return new() { ["cases"] = figures };
    }

    private static async Task<JsonNode> MeasureAsync(Workload workload, int collaborators, int rounds)
    {
        await using var federation = await OpenFlFederation.StartAsync(workload, collaborators);
        await federation.UntilRoundAsync(Math.Max(2, WarmupRounds * Workload.Tiny.Tensors / (collaborators * workload.Tensors)));
        var (silo, clients, started, first) = (federation.Silo.CpuSeconds, federation.ClientCpuSeconds, Stopwatch.GetTimestamp(), federation.ClosedRounds);
        await federation.UntilRoundAsync(first + rounds);
        var measured = federation.ClosedRounds - first;
        return new JsonObject
        {
            ["collaborators"] = collaborators,
            ["parameters"] = workload.Parameters,
            ["secondsPerRound"] = Round(Stopwatch.GetElapsedTime(started).TotalSeconds / measured),
            ["siloCpuSecondsPerRound"] = Round((federation.Silo.CpuSeconds - silo) / measured),
            ["clientCpuSecondsPerRound"] = Round((federation.ClientCpuSeconds - clients) / measured),
            ["siloPeakRssBytes"] = ProcessFigures.Bytes(federation.Silo.Id, "VmHWM"),
            ["rounds"] = measured,
        };
    }
}
