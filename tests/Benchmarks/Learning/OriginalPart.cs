using System.Text.Json.Nodes;

using Actors.Experiments;
using Actors.Learning;
using Actors.Learning.Torch;
using Actors.Learning.Torch.Native;

using TorchSharp;

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
        long[] seeds = run.Sized<long[]>([0], [0], [0, 1]);
        var batchSize = run.Sized(32, 256, 256);
        using var data = Shard(run);
        using var test = run.Test.Raw([.. Enumerable.Range(0, run.Test.Count)]);
        var (tables, federated) = (new List<MetricsTable>(), new List<double>());
        foreach (var seed in seeds)
        {
            using var result = await LocalFederation.RunExperimentAsync(Model, data, OptionsOf(rounds, batchSize, seed));
            tables.Add(result.Metrics);
            federated.Add(Evaluation.Accuracy(result.Model, test));
        }

        var (global, local) = (Mean(tables, "aggregated_model_validation"), Mean(tables, "locally_tuned_model_validation"));
        var pooled = seeds.Select(seed => Central(run, test, rounds, batchSize, seed)).ToList();
        var asManySteps = seeds.Select(seed => Central(run, test, rounds, batchSize * Collaborators, seed)).ToList();
        figures[Name] = new JsonObject
        {
            ["rounds"] = rounds,
            ["seeds"] = new JsonArray([.. seeds.Select(seed => (JsonNode)seed)]),
            ["global"] = LearningRun.ToJson(global),
            ["globalOfOpenFl"] = LearningRun.ToJson(GlobalOfOpenFl),
            ["local"] = LearningRun.ToJson(local),
            ["localOfOpenFl"] = LearningRun.ToJson(LocalOfOpenFl),
            ["globalBySeed"] = new JsonArray([.. tables.Select(table => LearningRun.ToJson(Column(table, "aggregated_model_validation")))]),
            ["centralBySeed"] = LearningRun.ToJson(pooled.Select(curve => curve[^1])),
            ["centralWithAsManyStepsBySeed"] = LearningRun.ToJson(asManySteps.Select(curve => curve[^1])),
            ["federatedBySeed"] = LearningRun.ToJson(federated),
        };
        figures["federated"] = LearningRun.Rounded(federated.Average());
        figures["central"] = LearningRun.Rounded(pooled.Average(curve => curve[^1]));
        figures["centralWithAsManySteps"] = LearningRun.Rounded(asManySteps.Average(curve => curve[^1]));

        // The round's model is measured when the next one begins; the last one's is the federation's.
        run.Plot(Name, "Two collaborators, Fashion-MNIST",
        [
            ("federated", [.. global.Skip(1), federated.Average()]),
            ("OpenFL 1.6", GlobalOfOpenFl[1..]),
            ("in one place, batches of 256", Mean(pooled)),
            ("in one place, batches of 512", Mean(asManySteps)),
        ]);
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
            foreach (var batch in samples.Shuffled(batchSize, (seed * epochs) + epoch))
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

    private static List<double> Mean(List<MetricsTable> tables, string task) => Mean([.. tables.Select(table => Column(table, task))]);

    private static List<double> Mean(List<List<double>> curves) =>
        [.. Enumerable.Range(0, curves[0].Count).Select(place => curves.Average(curve => curve[place]))];
}
