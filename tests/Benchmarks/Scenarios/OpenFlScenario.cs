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
    private const int WarmupRounds = 320;
    private const string Curve = "EC secp256r1";

    public string Name => "openfl-wire";

    public async Task<JsonObject> RunAsync(ScenarioRun run)
    {
        Case[] sizes =
        [
            new("tiny-2", Workload.Tiny, 2, 80),
            new("tiny-8", Workload.Tiny, 8, 40),
            new("tiny-32", Workload.Tiny, 32, 8),
            new("25M-2", Workload.Millions(25), 2, 4),
            new("25M-8", Workload.Millions(25), 8, 2),
            new("25M-32", Workload.Millions(25), 32, 1),
        ];

        // Each with the original's certificate for the aggregator, and with one that ours makes for it.
        var cases = sizes.SelectMany(size => (Case[])[size, size with { Name = $"{size.Name}-curve", Key = Curve }]);
        var figures = new JsonArray();
        foreach (var one in cases.Where(one => run.Wants(one.Name)).Take(run.IsQuick ? 1 : int.MaxValue))
        {
            Say($"openfl-wire: {one.Name}");
            figures.Add(await MeasureAsync(one));
        }

        return new() { ["cases"] = figures };
    }

    private static async Task<JsonNode> MeasureAsync(Case one)
    {
        var (_, workload, collaborators, rounds, key) = one;
        await using var federation = await OpenFlFederation.StartAsync(workload, collaborators, onCurve: key == Curve);
        await federation.UntilRoundAsync(Math.Max(2, WarmupRounds * Workload.Tiny.Tensors / (collaborators * workload.Tensors)));
        var (silo, clients, started, first) = (federation.Silo.CpuSeconds, federation.ClientCpuSeconds, Stopwatch.GetTimestamp(), federation.ClosedRounds);
        await federation.UntilRoundAsync(first + rounds);
        var measured = federation.ClosedRounds - first;
        return new JsonObject
        {
            ["collaborators"] = collaborators,
            ["parameters"] = workload.Parameters,
            ["aggregatorKey"] = key,
            ["secondsPerRound"] = Round(Stopwatch.GetElapsedTime(started).TotalSeconds / measured),
            ["siloCpuSecondsPerRound"] = Round((federation.Silo.CpuSeconds - silo) / measured),
            ["clientCpuSecondsPerRound"] = Round((federation.ClientCpuSeconds - clients) / measured),
            ["siloPeakRssBytes"] = ProcessFigures.Bytes(federation.Silo.Id, "VmHWM"),
            ["rounds"] = measured,
        };
    }

    private sealed record Case(string Name, Workload Workload, int Collaborators, int Rounds, string Key = "RSA 3072");
}
