using Actors.Experiments;
using Actors.Learning.Torch;

using Microsoft.Extensions.Logging;

using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Benchmarks.Learning;

/// <summary>What is trained, and how.</summary>
/// <param name="Network">Builds the network.</param>
/// <param name="Optimizer">Builds the collaborators' optimizer.</param>
/// <param name="Rounds">How many.</param>
internal sealed record Training(
    Func<Module<Tensor, Tensor>> Network, Func<IEnumerable<Parameter>, OptimizerHelper> Optimizer, int Rounds)
{
    /// <summary>Differences from the plan that stands without a word, beside the number of rounds.</summary>
    public IReadOnlyDictionary<string, object?> Plan { get; init; } = new Dictionary<string, object?>();

    /// <summary>The share of the collaborators that train in a round. Default: all.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>Takes what aggregator and collaborators log; null for nobody.</summary>
    public ILoggerFactory? Logs { get; init; }

    /// <summary>Given the accuracies so far, whether that is enough and the training may end. Default: never.</summary>
    public Func<IReadOnlyList<double>, bool> IsEnough { get; init; } = _ => false;

    /// <summary>
    /// Runs it as a federation in this process, where everybody does nothing but train, and measures each round's model on a test set
    /// that no collaborator has.
    /// </summary>
    /// <returns>The accuracy after each round.</returns>
    public async Task<IReadOnlyList<double>> RunAsync(FederatedDataset data, Samples test)
    {
        var folder = Directory.CreateTempSubdirectory("learning-");
        using var network = Network();
        using var enough = new CancellationTokenSource();
        var rounds = new MeasuredRounds(network, test, Path.Combine(folder.FullName, "save", "last.pbuf"), seen =>
        {
            if (IsEnough(seen))
            {
                enough.Cancel();
            }
        });
        var options = new ExperimentOptions { Folder = folder.FullName, Progress = rounds, Logs = Logs };
        options.Plan["aggregator.settings.rounds_to_train"] = Rounds;
        options.Plan["assigner.template"] = "fraction";
        options.Plan["assigner.settings.fraction"] = Fraction;
        options.Plan["assigner.settings.task_groups"] = OnlyTraining;
        foreach (var (key, value) in Plan)
        {
            options.Plan[key] = value;
        }

        try
        {
            using var result = await LocalFederation.RunExperimentAsync(new(Network, Optimizer), data, options, enough.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // The target is reached.
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return rounds.Accuracies;
    }

    private static List<object?> OnlyTraining =>
    [
        new Dictionary<string, object?> { ["name"] = "train", ["tasks"] = new List<object?> { "train" } },
    ];

    // Told of a round when its model is written.
    private sealed class MeasuredRounds(Module<Tensor, Tensor> network, Samples test, string model, Action<IReadOnlyList<double>> then)
        : IProgress<RoundMetrics>
    {
        public List<double> Accuracies { get; } = [];

        public void Report(RoundMetrics value)
        {
            Evaluation.Load(network, model);
            Accuracies.Add(Evaluation.Accuracy(network, test));
            then(Accuracies);
        }
    }
}
