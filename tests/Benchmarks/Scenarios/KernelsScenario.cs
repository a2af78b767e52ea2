using System.Text.Json.Nodes;

using Actors.Benchmarks.Kernels;

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

using static Actors.Benchmarks.Scenarios.ScenarioRun;

namespace Actors.Benchmarks.Scenarios;

/// <summary>What the smallest parts of the data plane take, and what they allocate, by BenchmarkDotNet.</summary>
internal sealed class KernelsScenario : IScenario
{
    public string Name => "kernels";

    public Task<JsonObject> RunAsync(ScenarioRun run) => Task.Run(() =>
    {
        var cases = new JsonArray();
        foreach (var kernels in new[] { typeof(RuleKernels), typeof(ByteKernels) }.Where(one => run.Wants(one.Name)))
        {
            Say($"kernels: {kernels.Name}");
            foreach (var report in Measure(kernels, run.IsQuick).Reports)
            {
                cases.Add(ToJson(report));
            }
        }

        return new JsonObject { ["cases"] = cases };
    });

    // In this process: one that BenchmarkDotNet builds for itself would have to be built like this solution.
    private static Summary Measure(Type kernels, bool isQuick) => BenchmarkRunner.Run(kernels, ManualConfig.CreateEmpty()
        .AddJob((isQuick ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogger(new StreamLogger(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true }))
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "actors-bench-kernels"))
        .WithOptions(ConfigOptions.DisableLogFile));

    private static JsonObject ToJson(BenchmarkReport report)
    {
        var figures = new JsonObject { ["kernel"] = report.BenchmarkCase.Descriptor.WorkloadMethod.Name };
        foreach (var parameter in report.BenchmarkCase.Parameters.Items)
        {
            figures[parameter.Name.ToLowerInvariant()] = parameter.Value?.ToString();
        }

        figures["meanNanoseconds"] = Round(report.ResultStatistics?.Mean ?? 0);
        figures["errorNanoseconds"] = Round(report.ResultStatistics?.StandardError ?? 0);
        figures["allocatedBytes"] = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
        return figures;
    }
}
