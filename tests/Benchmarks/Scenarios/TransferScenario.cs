using System.Diagnostics;
using System.Text.Json.Nodes;

using Actors.Benchmarks.Limits;
using Actors.Benchmarks.Processes;

using static Actors.Benchmarks.Scenarios.ScenarioRun;

namespace Actors.Benchmarks.Scenarios;

/// <summary>What a byte costs on its way down to the collaborators and up again, against a bare TLS connection.</summary>
internal sealed class TransferScenario : IScenario
{
    private const double GB = 1e9;
    private const double LimitBytes = 4e8;

    public string Name => "transfer";

    public async Task<JsonObject> RunAsync(ScenarioRun run)
    {
        (int Millions, int Collaborators)[] cases = run.IsQuick ? [(25, 4)] : [(25, 4), (25, 8), (100, 4), (100, 8)];
        var figures = new JsonArray();
        foreach (var (millions, collaborators) in cases.Where(one => run.Wants($"{one.Millions}M-{one.Collaborators}")))
        {
            Say($"transfer: {millions}M parameters, {collaborators} collaborators");
            figures.Add(await MeasureAsync(Workload.Millions(millions), collaborators, run.IsQuick));
        }

        return new() { ["cases"] = figures };
    }

    private static async Task<JsonNode> MeasureAsync(Workload workload, int collaborators, bool isQuick)
    {
        await using var federation = await BenchmarkFederation.StartAsync(workload, collaborators);
        for (var client = 0; client < collaborators; client++)
        {
            await federation.AddClientsAsync(client, 1, withFiles: true);
        }

        var bytes = (double)workload.Manifest().ByteLength * collaborators;
        Say("  joined");
        await using var raw = await RawTls.StartAsync(federation.Authority, collaborators, (long)Math.Min(bytes, LimitBytes));

        // The first gigabytes of each collaborator find code that is not compiled for good yet, and a page cache without pages.
        var rounds = Math.Max(1, (int)Math.Ceiling((isQuick ? 1 : 3) * GB / bytes));
        var warming = Math.Max(rounds, (int)Math.Ceiling((isQuick ? 0.2 : 4) * GB / workload.Manifest().ByteLength));
        for (var i = 0; i < warming; i++)
        {
            await RoundAsync(federation, new(), new(), new());
        }

        var (down, up, round) = (new Phase(), new Phase(), new Phase());
        for (var i = 0; i < rounds; i++)
        {
            await RoundAsync(federation, down, up, round);
            await raw.MeasureAsync();
            Say($"  down {down}, up {up}, {raw}");
        }

        var moved = bytes * rounds / GB;
        return new JsonObject
        {
            ["collaborators"] = collaborators,
            ["parameters"] = workload.Parameters,
            ["secondsPerRound"] = Round(round.Seconds / rounds),
            ["siloCpuSecondsPerGB"] = new JsonObject { ["up"] = Round(up.Silo / moved), ["down"] = Round(down.Silo / moved) },
            ["clientCpuSecondsPerGB"] = new JsonObject { ["up"] = Round(up.Clients / moved), ["down"] = Round(down.Clients / moved) },
            ["gigabytesPerSecond"] = new JsonObject { ["up"] = Round(moved / up.Seconds), ["down"] = Round(moved / down.Seconds) },
            ["rawTlsCpuSecondsPerGB"] = Round(raw.CpuSecondsPerGB),
            ["rawTlsGigabytesPerSecond"] = Round(raw.GigabytesPerSecond),
            ["ratioToRawTls"] = new JsonObject
            {
                ["up"] = Round(raw.CpuSecondsPerGB / ((up.Silo + up.Clients) / moved)),
                ["down"] = Round(raw.CpuSecondsPerGB / ((down.Silo + down.Clients) / moved)),
            },
        };
    }

    // The time of a round is that of its transfers, of the acceptances and of the aggregation before the next download begins;
    // the training between, which is not ours, is left out.
    private static async Task RoundAsync(BenchmarkFederation federation, Phase down, Phase up, Phase round)
    {
        await round.MeasureAsync(federation, () => down.MeasureAsync(federation, () => federation.AllAsync("download")));
        await federation.AllAsync("prepare");
        await round.MeasureAsync(federation, async () =>
        {
            await up.MeasureAsync(federation, () => federation.AllAsync("upload"));
            await federation.AllAsync("await");
        });
    }

    /// <summary>What a part of all rounds took.</summary>
    private sealed class Phase
    {
        public double Seconds { get; private set; }

        public double Silo { get; private set; }

        public double Clients { get; private set; }

        public async Task MeasureAsync(BenchmarkFederation federation, Func<Task> part)
        {
            var (silo, clients, started) = (federation.Silo.CpuSeconds, federation.ClientCpuSeconds, Stopwatch.GetTimestamp());
            await part();
            Seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            Silo += federation.Silo.CpuSeconds - silo;
            Clients += federation.ClientCpuSeconds - clients;
        }

        public override string ToString() => $"{Seconds:F2} s ({Silo:F2} + {Clients:F2} CPU s)";
    }
}
