using System.CommandLine;
using System.Globalization;

using Actors.Experiments;
using Actors.Experiments.Virtual;
using Actors.Learning.Splitting;

namespace Actors.Cli.Simulations;

/// <summary><c>fx simulate</c></summary>
internal static class SimulateCommand
{
    private static readonly Option<int> Collaborators = NumberOption.Of("--collaborators", "How many collaborators are registered.", 1000);
    private static readonly Option<double> Fraction = Number("--fraction", "The part of them that trains in a round, above 0 to 1.", 0.01);
    private static readonly Option<int> Rounds = NumberOption.Of("--rounds", "How many rounds.", 100);
    private static readonly Option<string> Model = Name("--model", $"What is trained: {string.Join(", ", SimulatedModels.Names)}.", "logistic");
    private static readonly Option<int> Epochs = NumberOption.Of("--epochs", "How often a collaborator goes through its samples.", 1);
    private static readonly Option<int> BatchSize = NumberOption.Of("--batch-size", "How many samples a step takes.", 10);
    private static readonly Option<double> LearningRate = Number("--learning-rate", "The length of a step.", 0.03);
    private static readonly Option<string> Aggregation = Name("--aggregation", "The rule by which updates become a model, as in a plan.", "bounded_average");
    private static readonly Option<string> Split = Name("--split", $"How the images are shared out: {string.Join(", ", Splitters.Names)}.", "equal");
    private static readonly Option<double> Alpha = Number("--alpha", "The concentration of --split dirichlet: the smaller, the more uneven.", 0.5);
    private static readonly Option<double> Sigma = Number("--sigma", "The spread of sizes of --split log_normal.", 1);

    private static readonly Option<int?> Samples = NumberOption.Optional(
        "--samples", "Instead of a split: so many images drawn for each collaborator, of which others may have some, too.", 1);

    private static readonly Option<int?> Workers = NumberOption.Optional("--workers", "How many train at once. Default: as many as processors.", 1);
    private static readonly Option<long> Seed = new("--seed") { Description = "The seed of everything random.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> EvaluateEvery = NumberOption.Of("--evaluate-every", "After how many rounds the model is scored.", 10);

    private static readonly Option<string> Data = new("--data")
    {
        Description = "A folder with the four IDX files of MNIST or Fashion-MNIST. Default: synthetic images of the same size.",
        HelpName = "FOLDER",
    };

    private static readonly Option<string> Json = new("--json") { Description = "A file for the report as JSON.", HelpName = "FILE" };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("simulate", "Run thousands of virtual collaborators in this process: the rules of an aggregator, without a network.").Does(
            "fx simulate --collaborators 1000 --fraction 0.01 --rounds 100\n"
            + "         fx simulate --collaborators 100000 --fraction 0.001 --samples 60 --json report.json\n"
            + "         fx simulate --collaborators 100 --fraction 0.1 --model torch_2nn --split two_class",
            [Collaborators, Fraction, Rounds, Model, Epochs, BatchSize, LearningRate, Aggregation, Split, Alpha, Sigma, Samples, Workers, Seed, EvaluateEvery, Data, Json],
            (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var (collaborators, seed, name) = (parsed.GetValue(Collaborators), parsed.GetValue(Seed), parsed.GetRequiredValue(Model));
        var (training, validation) = SimulatedImages.Open(parsed.GetValue(Data) is { } folder ? terminal.PathOf(folder) : null, seed);
        var shards = parsed.GetValue(Samples) is { } each
            ? VirtualShards.Drawn(collaborators, each, training.Count, seed)
            : VirtualShards.Split(
                training.Classes(), parsed.GetRequiredValue(Split), new(collaborators, seed, parsed.GetValue(Alpha), parsed.GetValue(Sigma)));
        var model = SimulatedModels.Create(
            name, training, validation, parsed.GetValue(Epochs), parsed.GetValue(BatchSize), parsed.GetValue(LearningRate));
        var options = new VirtualOptions
        {
            Fraction = parsed.GetValue(Fraction),
            Rounds = parsed.GetValue(Rounds),
            Seed = seed,
            Workers = parsed.GetValue(Workers) ?? Environment.ProcessorCount,
            Aggregation = parsed.GetRequiredValue(Aggregation),
            EvaluateEvery = parsed.GetValue(EvaluateEvery),
            Progress = new RoundLines(terminal),
        };
        var result = Run(model, shards, validation.Count, options, cancellationToken);
        var report = new SimulationReport(
            name, collaborators, options.Fraction, seed, result.Trainings, result.TrainingsPerSecondPerCore, result.Elapsed.TotalSeconds,
            result.PeakRssBytes, result.Digest, result.Rounds);
        if (parsed.GetValue(Json) is { } json)
        {
            await File.WriteAllTextAsync(terminal.PathOf(json), report.ToJson(), cancellationToken);
        }

        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Trainings} trainings in {result.Elapsed.TotalSeconds:F1} s: {result.TrainingsPerSecondPerCore:F0} for each second of a core; at most {result.PeakRssBytes / 1e6:F0} MB of memory"));
        terminal.Say($"The last model: {result.Digest}");
        return ExitCode.Ok;
    }

    private static VirtualResult Run(
        IVirtualModel model, VirtualShards shards, int validationSamples, VirtualOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return VirtualFederation.Run(model, shards, validationSamples, options, cancellationToken);
        }
        catch (ExperimentException problem)
        {
            throw new CommandException(problem.Message);
        }
    }

    private static Option<double> Number(string name, string description, double fallback) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };

    private static Option<string> Name(string name, string description, string fallback) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };

    // At once and in order, unlike Progress.
    private sealed class RoundLines(Terminal terminal) : IProgress<VirtualRound>
    {
        public void Report(VirtualRound value)
        {
            if (value.Accuracy is { } accuracy)
            {
                terminal.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {value.Round}: {value.Collaborators} trained, loss {value.Loss:F4}; validated: loss {value.ValidationLoss:F4}, accuracy {accuracy:F4}"));
            }
        }
    }
}
