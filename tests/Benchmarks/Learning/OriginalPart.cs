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
    private const long Seed = 0;

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
        using var result = await LocalFederation.RunExperimentAsync(Model, data, OptionsOf(rounds, batchSize));
        var global = Column(result.Metrics, "aggregated_model_validation");
        var local = Column(result.Metrics, "locally_tuned_model_validation");
        var federated = Evaluation.Accuracy(result.Model, test);
        var central = Central(run, test, rounds, batchSize);
        var asManySteps = Central(run, test, rounds, batchSize * Collaborators);
        figures[Name] = new JsonObject
        {
            ["global"] = LearningRun.ToJson(global),
            ["globalOfOpenFl"] = LearningRun.ToJson(GlobalOfOpenFl),
            ["local"] = LearningRun.ToJson(local),
            ["localOfOpenFl"] = LearningRun.ToJson(LocalOfOpenFl),
            ["loss"] = LearningRun.ToJson(result.Metrics["train/loss"].Select(loss => loss!.Value)),
            ["central"] = LearningRun.ToJson(central),
            ["centralWithAsManySteps"] = LearningRun.ToJson(asManySteps),
        };
        figures["federated"] = LearningRun.Rounded(federated);
        figures["central"] = LearningRun.Rounded(central[^1]);
        figures["centralWithAsManySteps"] = LearningRun.Rounded(asManySteps[^1]);

        // A round's model is measured when the next one begins; the last one's is the federation's.
        run.Plot(Name, "Two collaborators, Fashion-MNIST",
        [
            ("federated", [.. global.Skip(1), federated]),
            ("OpenFL 1.6", GlobalOfOpenFl[1..]),
            ("in one place, batches of 256", central),
            ("in one place, batches of 512", asManySteps),
        ]);
    }

    private static FederatedModel Model => new(Networks.OpenFl, parameters => optim.Adam(parameters, LearningRate));

    private static ExperimentOptions OptionsOf(int rounds, int batchSize) => new()
    {
        Plan =
        {
            ["aggregator.settings.rounds_to_train"] = rounds,
            ["data_loader.settings.batch_size"] = batchSize,
            ["task_runner.settings.seed"] = Seed,
        },
    };

    private static FederatedDataset Shard(LearningRun run) => new(
        [.. Enumerable.Range(1, Collaborators).Select(shard => new CollaboratorData(
            Sharing.NameOf(shard),
            run.Train.Raw(Shards.Of(shard, Collaborators, run.Train.Count)),
            run.Test.Raw(Shards.Of(shard, Collaborators, run.Test.Count))))]);

    // Nothing of a federation: one network, one optimizer, all images in a new order each epoch.
    private static List<double> Central(LearningRun run, Samples test, int epochs, int batchSize)
    {
        TrainingRuntime.ApplyThreads();
        using var samples = run.Train.Raw([.. Enumerable.Range(0, run.Train.Count)]);
        manual_seed(Seed);
        using var network = Networks.OpenFl();
        using var optimizer = optim.Adam(network.parameters(), LearningRate);
        var accuracies = new List<double>();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            network.train();
            foreach (var batch in samples.Shuffled(batchSize, epoch))
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
}
