using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Learning.Tasks;
using Actors.Learning.Tests;

namespace Actors.Learning.Plans.Tests;

/// <summary>
/// A plan's rounds in one process: everybody starts from the global model and trains, the updates are averaged by samples.
/// </summary>
internal static class Federation
{
    /// <returns>The final model's accuracy over all validation samples.</returns>
    public static async Task<double> RunAsync(PlanFile plan)
    {
        var loaders = plan.Data.Select(line => plan.CreateLoader(line.DataPath)).ToList();
        var runners = loaders.ConvertAll(plan.CreateRunner);
        try
        {
            var global = runners[0].ReadModel();
            for (var round = 0; round < plan.RoundsToTrain; round++)
            {
                var updates = new List<(byte[] Model, long Samples)>();
                foreach (var (runner, (name, _)) in runners.Zip(plan.Data))
                {
                    runner.ResetOptimizer();
                    runner.WriteModel(global);
                    var result = await RunAsync(plan, "train", runner, name, round);
                    updates.Add((runner.ReadModel(), result.SampleCount));
                }

                global = Average(runners[0].Model, updates);
            }

            var results = new List<TaskResult>();
            foreach (var (runner, (name, _)) in runners.Zip(plan.Data))
            {
                runner.WriteModel(global);
                results.Add(await RunAsync(plan, "aggregated_model_validation", runner, name, plan.RoundsToTrain));
            }

            Assert.All(results, result => Assert.Equal("accuracy", Assert.Single(result.Metrics).Name));
            return results.Sum(result => result.Metrics[0].Value * result.SampleCount) / results.Sum(result => result.SampleCount);
        }
        finally
        {
            runners.ForEach(runner => runner.Dispose());
            loaders.OfType<IDisposable>().ToList().ForEach(loader => loader.Dispose());
        }
    }

    private static Task<TaskResult> RunAsync(PlanFile plan, string task, TaskRunner runner, string collaborator, int round)
    {
        var section = PlanFile.Map(plan.Tasks[task]);
        var kwargs = PlanFile.Map(section["kwargs"]);
        string[] metrics = [.. ((IReadOnlyList<object?>)kwargs["metrics"]!).Cast<string>()];
        var context = Rounds.Context(collaborator, round, metrics) with { Task = task };
        return TaskCatalogue.For(runner.GetType()).Find((string)section["function"]!).InvokeAsync(runner, kwargs, context);
    }

    /// <returns>The mean of the updates, weighted by their samples.</returns>
    public static byte[] Average(ModelManifest manifest, List<(byte[] Model, long Samples)> updates)
    {
        Assert.All(manifest.Tensors, tensor => Assert.Equal(ElementType.Float32, tensor.Type));
        var average = new byte[manifest.ByteLength];
        var numbers = MemoryMarshal.Cast<byte, float>(average.AsSpan());
        var all = updates.Sum(update => update.Samples);
        foreach (var (model, samples) in updates)
        {
            var update = MemoryMarshal.Cast<byte, float>(model.AsSpan());
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] += update[i] * samples / all;
            }
        }

        return average;
    }
}
