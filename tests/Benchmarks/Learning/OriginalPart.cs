using System.Text.Json.Nodes;

using Actors.Experiments;
using Actors.Learning;
using Actors.Learning.Torch;
using Actors.Learning.Torch.Native;

using TorchSharp;

using static Actors.Benchmarks.Scenarios.ScenarioRun;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Benchmarks.Learning;

/// <summary>
/// The tutorial of OpenFL's paper: two collaborators with every second image each, raw pixels, batches of 256, Adam 1e-4 made anew each
/// round. Beside what OpenFL 1.6 comes to with the same settings, and the same network trained on all images in one place.
/// </summary>
internal sealed class OriginalPart : ILearningPart
{
    private const int Collaborators = 2;
    private const double LearningRate = 1e-4;

    // Measured with OpenFL 1.6 and PyTorch 1.13.
    private static readonly double[] GlobalOfOpenFl = [0.0994, 0.7895, 0.8253, 0.8403, 0.8441];
    private static readonly double[] LocalOfOpenFl = [0.7804, 0.8153, 0.8338, 0.8341, 0.8394];

    public string Name => "original";

    public async Task RunAsync(LearningRun run, JsonObject figures)
    {
        var rounds = run.Sized(3, 2, GlobalOfOpenFl.Length);
        var batchSize = run.Sized(32, 256, 256);
        using var data = Shard(run);
        using var test = run.Test.Raw([.. Enumerable.Range(0, run.Test.Count)]);
        var (federations, central, asManySteps) = (new List<Curves>(), new List<IReadOnlyList<double>>(), new List<IReadOnlyList<double>>());
        for (var seed = 0; seed < run.Sized(1, 1, 3); seed++)
        {
            federations.Add(await FederatedAsync(data, test, rounds, batchSize, seed));
            central.Add(Central(run, test, rounds, batchSize, seed));
            asManySteps.Add(Central(run, test, rounds, batchSize * Collaborators, seed));
            Say($"  seed {seed}: {federations[^1].Last:F4}, in one place {central[^1][^1]:F4}");
        }

        var global = SeedStatistics.Of([.. federations.Select(one => one.Global)]);
        var local = SeedStatistics.Of([.. federations.Select(one => one.Local)]);
        var last = SeedStatistics.Of([.. federations.Select(one => new[] { one.Last })]);
        var inOnePlace = SeedStatistics.Of(central);
        var withAsManySteps = SeedStatistics.Of(asManySteps);
        figures[Name] = new JsonObject
        {
            ["seeds"] = federations.Count,
            ["global"] = LearningRun.ToJson(global.Means),
            ["globalDeviation"] = LearningRun.ToJson(global.Deviations),
            ["globalOfOpenFl"] = LearningRun.ToJson(GlobalOfOpenFl),
            ["local"] = LearningRun.ToJson(local.Means),
            ["localDeviation"] = LearningRun.ToJson(local.Deviations),
            ["localOfOpenFl"] = LearningRun.ToJson(LocalOfOpenFl),
            ["central"] = LearningRun.ToJson(inOnePlace.Means),
            ["centralDeviation"] = LearningRun.ToJson(inOnePlace.Deviations),
            ["centralWithAsManySteps"] = LearningRun.ToJson(withAsManySteps.Means),
        };
        figures["federated"] = LearningRun.Rounded(last.Means[0]);
        figures["federatedDeviation"] = LearningRun.Rounded(last.Deviations[0]);
        figures["central"] = LearningRun.Rounded(inOnePlace.Means[^1]);
        figures["centralWithAsManySteps"] = LearningRun.Rounded(withAsManySteps.Means[^1]);

        // A round's model is measured when the next one begins; the last one's is the federation's.
        run.Plot(Name, "Two collaborators, Fashion-MNIST",
        [
            ("federated", [.. global.Means.Skip(1), last.Means[0]]),
            ("OpenFL 1.6", GlobalOfOpenFl[1..]),
            ("in one place, batches of 256", inOnePlace.Means),
            ("in one place, batches of 512", withAsManySteps.Means),
        ]);
    }

    private static async Task<Curves> FederatedAsync(FederatedDataset data, Samples test, int rounds, int batchSize, long seed)
    {
        using var result = await LocalFederation.RunExperimentAsync(Model, data, OptionsOf(rounds, batchSize, seed));
        return new(
            Column(result.Metrics, "aggregated_model_validation"),
            Column(result.Metrics, "locally_tuned_model_validation"),
            Evaluation.Accuracy(result.Model, test));
    }

    private static FederatedModel Model => new(Networks.OpenFl, parameters => optim.Adam(parameters, LearningRate));

    private static ExperimentOptions OptionsOf(int rounds, int batchSize, long seed) => new()
    {
        Plan =
        {
            ["aggregator.settings.rounds_to_train"] = rounds,
            ["data_loader.settings.batch_size"] = batchSize,
            ["task_runner.settings.seed"] = seed,
        },
    };

    private static FederatedDataset Shard(LearningRun run) => new(
        [.. Enumerable.Range(1, Collaborators).Select(shard => new CollaboratorData(
            Sharing.NameOf(shard),
            run.Train.Raw(Shards.Of(shard, Collaborators, run.Train.Count)),
            run.Test.Raw(Shards.Of(shard, Collaborators, run.Test.Count))))]);

    // Nothing of a federation: one network, one optimizer, all images in a new order each epoch.
    private static List<double> Central(LearningRun run, Samples test, int epochs, int batchSize, long seed)
    {
        TrainingRuntime.ApplyThreads();
        using var samples = run.Train.Raw([.. Enumerable.Range(0, run.Train.Count)]);
        manual_seed(seed);
        using var network = Networks.OpenFl();
        using var optimizer = optim.Adam(network.parameters(), LearningRate);
        var accuracies = new List<double>();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            network.train();
            foreach (var batch in samples.Shuffled(batchSize, (1000 * seed) + epoch))
            {
                using (batch)
                using (NewDisposeScope())
                {
                    optimizer.zero_grad();
                    functional.cross_entropy(network.forward(batch.Input), batch.Target).backward();
                    optimizer.step();
                }
            }

            accuracies.Add(Evaluation.Accuracy(network, test));
        }

        return accuracies;
    }

    private static List<double> Column(MetricsTable table, string task) => [.. table[$"{task}/accuracy"].Select(value => value!.Value)];

    private sealed record Curves(IReadOnlyList<double> Global, IReadOnlyList<double> Local, double Last);
}
