using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

using Actors.Benchmarks.Processes;

using static Actors.Benchmarks.Scenarios.ScenarioRun;

namespace Actors.Benchmarks.Scenarios;

/// <summary>What a collaborator costs when there are a hundred, and what when there are ten thousand.</summary>
internal sealed class ScaleScenario : IScenario
{
    private const int ClientsPerProcess = 5000;

    // Calls are held for longer than this; a silo that has become quiet collects after a few seconds.
    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(10);

    public string Name => "scale";

    public async Task<JsonObject> RunAsync(ScenarioRun run)
    {
        var (sizes, points) = (run.IsQuick ? [20, 100, 300] : new[] { 100, 1000, 10_000 }, new List<Point>());
        foreach (var collaborators in sizes.Where(one => run.Wants(one.ToString(CultureInfo.InvariantCulture))))
        {
            Say($"scale: {collaborators} collaborators");
            points.Add(await MeasureAsync(collaborators, rounds: Math.Max(3, 1000 / collaborators)));
        }

        return new()
        {
            ["cases"] = new JsonArray([.. points.Select(point => point.ToJson())]),
            ["slope"] = new JsonObject
            {
                ["siloCpuSecondsPerCollaborator"] = Round(Slope(points, point => point.SiloCpuSecondsPerRound)),
                ["secondsPerCollaborator"] = Round(Slope(points, point => point.SecondsPerRound)),
            },
            ["costRatioLargestToSmallest"] = Round(
                points[^1].SiloCpuSecondsPerRound / points[^1].Collaborators / (points[0].SiloCpuSecondsPerRound / points[0].Collaborators)),
        };
    }

    private static async Task<Point> MeasureAsync(int collaborators, int rounds)
    {
        await using var federation = await BenchmarkFederation.StartAsync(Workload.Tiny, collaborators);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var idle = ProcessFigures.Bytes(federation.Silo.Id, "RssAnon");

        // The last one has a process of its own: for it the others wait with held calls.
        for (var first = 0; first < collaborators - 1; first += ClientsPerProcess)
        {
            await federation.AddClientsAsync(first, Math.Min(ClientsPerProcess, collaborators - 1 - first), withFiles: false);
        }

        var last = await federation.AddClientsAsync(collaborators - 1, 1, withFiles: false);
        Say("  joined");
        await federation.AllAsync(string.Create(CultureInfo.InvariantCulture, $"rounds {rounds}"));
        Say("  warm");
        var (silo, clients, started) = (federation.Silo.CpuSeconds, federation.ClientCpuSeconds, Stopwatch.GetTimestamp());
        await federation.AllAsync(string.Create(CultureInfo.InvariantCulture, $"rounds {rounds}"));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds / rounds;
        var (siloCpu, clientCpu) = ((federation.Silo.CpuSeconds - silo) / rounds, (federation.ClientCpuSeconds - clients) / rounds);

        await federation.AllButAsync(last, "rounds 1");
        await federation.AllButAsync(last, "hold");
        await Task.Delay(Waiting);
        var (held, heldResident) = (ProcessFigures.Bytes(federation.Silo.Id, "RssAnon"), ProcessFigures.Bytes(federation.Silo.Id, "VmRSS"));
        await last.DoAsync("rounds 1");
        await federation.AllAsync("await");
        return new(collaborators, seconds, siloCpu, clientCpu, held - idle, heldResident, ProcessFigures.Bytes(federation.Silo.Id, "VmHWM"));
    }

    // The straight line through all points that leaves the least squares.
    private static double Slope(List<Point> points, Func<Point, double> figure)
    {
        var (x, y) = (points.Average(point => point.Collaborators), points.Average(figure));
        var spread = points.Sum(point => Math.Pow(point.Collaborators - x, 2));
        return spread == 0 ? 0 : points.Sum(point => (point.Collaborators - x) * (figure(point) - y)) / spread;
    }

    private sealed record Point(
        int Collaborators,
        double SecondsPerRound,
        double SiloCpuSecondsPerRound,
        double ClientCpuSecondsPerRound,
        long HeldGrowthBytes,
        long HeldRssBytes,
        long PeakRssBytes)
    {
        public JsonObject ToJson() => new JsonObject
        {
            ["collaborators"] = Collaborators,
            ["parameters"] = Workload.Tiny.Parameters,
            ["secondsPerRound"] = Round(SecondsPerRound),
            ["secondsPerCollaboratorAndRound"] = Round(SecondsPerRound / Collaborators),
            ["siloCpuSecondsPerCollaboratorAndRound"] = Round(SiloCpuSecondsPerRound / Collaborators),
            ["clientCpuSecondsPerCollaboratorAndRound"] = Round(ClientCpuSecondsPerRound / Collaborators),
            ["memoryBytesPerConnection"] = HeldGrowthBytes / Collaborators,
            ["heldCallsRssBytes"] = HeldRssBytes,
            ["siloPeakRssBytes"] = PeakRssBytes,
        };
    }
}
