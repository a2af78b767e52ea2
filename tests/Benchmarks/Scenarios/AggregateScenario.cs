using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

using Actors.Benchmarks.Limits;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Aggregation;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

using static Actors.Benchmarks.Scenarios.ScenarioRun;

namespace Actors.Benchmarks.Scenarios;

/// <summary>How fast updates become a model, against the memory they are read from.</summary>
internal sealed unsafe class AggregateScenario : IScenario
{
    private const int Tries = 5;
    private const int BlockElements = 1 << 14;

    private static readonly RoundId Round0 = new(new(new FederationId("bench"), "one"), 0);
    private static readonly int Threads = Environment.ProcessorCount;

    public string Name => "aggregate";

    public Task<JsonObject> RunAsync(ScenarioRun run) => Task.Run(() =>
    {
        var cases = new JsonArray();
        foreach (var updates in run.IsQuick ? [2, 10] : new[] { 2, 4, 8, 10, 16, 32, 64 })
        {
            var rules = AggregationRules.BuiltIn.Names.Where(rule => run.Wants($"{updates}") || run.Wants($"{updates}-{rule}")).ToList();
            if (rules.Count > 0)
            {
                Measure(updates, Workload.Millions(run.IsQuick ? 5 : 25), rules, cases);
            }
        }

        return new JsonObject { ["threads"] = Threads, ["cases"] = cases };
    });

    private static void Measure(int updates, Workload workload, List<string> rules, JsonArray cases)
    {
        var (manifest, each) = (workload.Manifest(), (int)workload.Parameters);
        var bytes = (long)each * sizeof(float) * updates;
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        var folder = Directory.CreateTempSubdirectory("actors-bench-").FullName;
        try
        {
            Fill(memory, each, updates);
            var store = new FileTensorStore(folder, Durability.ProcessCrash);
            var digests = Enumerable.Range(0, updates)
                .Select(update => Put(store, update, new ReadOnlySpan<byte>(memory + ((long)update * each), each * sizeof(float))))
                .ToList();
            foreach (var rule in rules.Select(AggregationRules.BuiltIn.Find))
            {
                Say($"aggregate: {updates} updates, {rule.Name}");
                var (reading, fromMemory) = (new Best(), new Best());
                var (storeReading, fromStore, whole) = (new Best(), new Best(), new Best());
                for (var i = 0; i < Tries; i++)
                {
                    reading.Try(() => MemoryBandwidth.Read((byte*)memory, bytes, Threads));
                    if (rule is not WeighingRule)
                    {
                        fromMemory.Try(() => FromMemory(rule, memory, each, updates));
                    }

                    storeReading.Try(() => StoreBandwidth.Read(digest => Open(store, digest), digests, Threads));
                    fromStore.Try(() => FromStore(rule, store, digests, manifest, new NoStage()));
                    whole.Try(() => FromStoreToStore(rule, store, digests, manifest));
                }

                var gigabytes = bytes / 1e9;
                var figures = new JsonObject
                {
                    ["collaborators"] = updates,
                    ["parameters"] = workload.Parameters,
                    ["rule"] = rule.Name,
                    ["gigabytesPerSecondFromStore"] = Round(gigabytes / fromStore.Seconds),
                    ["gigabytesPerSecondFromStoreToStore"] = Round(gigabytes / whole.Seconds),
                    ["memoryReadGigabytesPerSecond"] = Round(gigabytes / reading.Seconds),
                    ["storeReadGigabytesPerSecond"] = Round(gigabytes / storeReading.Seconds),
                    ["ratioToStoreRead"] = Round(storeReading.Seconds / fromStore.Seconds),
                    ["ratioFromStore"] = Round(reading.Seconds / fromStore.Seconds),
                    ["cpuRatioFromStore"] = Round(reading.CpuSeconds / fromStore.CpuSeconds),
                };

                // A rule that weighs the updates first reads them in passes; from memory it is the weighted average.
                if (rule is not WeighingRule)
                {
                    figures["gigabytesPerSecond"] = Round(gigabytes / fromMemory.Seconds);
                    figures["ratioToMemoryBandwidth"] = Round(reading.Seconds / fromMemory.Seconds);
                    figures["cpuRatioToMemoryBandwidth"] = Round(reading.CpuSeconds / fromMemory.CpuSeconds);
                }

                cases.Add(figures);
            }
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void FromMemory(IAggregationRule rule, float* memory, int each, int updates)
    {
        var weights = Enumerable.Repeat(1.0 / updates, updates).ToArray();
        var count = (each + BlockElements - 1) / BlockElements;
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            // As in an aggregation, whose threads write what they combined block by block.
            var result = new float[BlockElements];
            for (var block = thread; block < count; block += Threads)
            {
                var first = block * BlockElements;
                var length = Math.Min(BlockElements, each - first);
                var values = new ReadOnlySpan<float>(memory + first, ((updates - 1) * each) + length);
                var blocks = new UpdateBlocks<float>(weights, values, each);
                rule.Combine(PolicyChoice.Named(rule.Name), blocks, result.AsSpan(0, length));
            }
        });
    }

    private static void FromStore(
        IAggregationRule rule, FileTensorStore store, List<TensorDigest> digests, ModelManifest manifest, ITensorStage output)
    {
        using var files = new UpdateFiles(
            [.. digests.Select((digest, update) => new UpdateSource(() => Open(store, digest), 100 + update))], () => Open(store, digests[0]));
        IReadOnlyList<string> states = rule is ServerRule server ? server.States : [];
        new BundleAggregation(rule, PolicyChoice.Named(rule.Name), manifest, files) { Threads = Threads }
            .Run(output, [.. states.Select(_ => new ServerStateFile(null, new NoStage()))]);
    }

    private static ITensorReader Open(FileTensorStore store, TensorDigest digest) => store.TryOpen(TensorScope.Updates(Round0), digest)!;

    private static void FromStoreToStore(IAggregationRule rule, FileTensorStore store, List<TensorDigest> digests, ModelManifest manifest)
    {
        using var stage = store.CreateStage(TensorScope.Models(Round0.Experiment), "bench");
        FromStore(rule, store, digests, manifest, stage);
    }

    private static void Fill(float* memory, int each, int updates) => Parallel.For(0, updates, update =>
    {
        var random = new Random(update);
        for (var i = 0; i < each; i++)
        {
            memory[((long)update * each) + i] = random.NextSingle() - 0.5f;
        }
    });

    private static TensorDigest Put(FileTensorStore store, int update, ReadOnlySpan<byte> bytes)
    {
        using var stage = store.CreateStage(TensorScope.Updates(Round0), $"update-{update}");
        stage.Append(bytes);
        return stage.Commit();
    }

    /// <summary>
    /// The least time of several tries, by the clock and by the processor: on a machine that is shared, the latter alone says what
    /// the work costs.
    /// </summary>
    private sealed class Best
    {
        public double Seconds { get; private set; } = double.MaxValue;

        public double CpuSeconds { get; private set; } = double.MaxValue;

        public void Try(Action run)
        {
            var (cpu, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            run();
            Seconds = Math.Min(Seconds, Stopwatch.GetElapsedTime(started).TotalSeconds);
            CpuSeconds = Math.Min(CpuSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        }
    }

    /// <summary>Forgets what it is given: for the reading and the arithmetic alone.</summary>
    private sealed class NoStage : ITensorStage
    {
        public long Length { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes) => Length += bytes.Length;

        public TensorDigest Digest() => default;

        public TensorDigest Commit() => default;

        public void Abandon()
        {
        }

        public void Dispose()
        {
        }
    }
}
