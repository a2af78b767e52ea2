using System.Text.Json.Nodes;

using Actors.Experiments;
using Actors.Grains.Aggregation;
using Actors.Learning.Torch;

using TorchSharp;

using static Actors.Benchmarks.Scenarios.ScenarioRun;
using static TorchSharp.torch;

namespace Actors.Benchmarks.Learning;

/// <summary>One of five collaborators with equal shards sends its change multiplied, turned round, or both; under each rule.</summary>
internal sealed class AttackPart : ILearningPart
{
    private const int Collaborators = 5;
    private const int BatchSize = 50;
    private const double LearningRate = 0.1;
    private const double Guessing = 0.1;
    private const string Default = "bounded_average";

    private static readonly (string Name, double Factor)[] Attacks = [("times100", 100), ("flipped", -1), ("times100Flipped", -100)];

    // What one of five takes, where a rule has to be told; honest changes are shorter than 1 after the first rounds.
    private static readonly Dictionary<string, Dictionary<string, object?>> Settings = new()
    {
        ["trimmed_mean"] = new() { ["trim_fraction"] = 0.2 },
        ["norm_bounded"] = new() { ["bound"] = 1.0 },
    };

    public string Name => "attack";

    public async Task RunAsync(LearningRun run, JsonObject figures)
    {
        var rounds = run.Sized(3, 5, 10);
        using var images = run.Train.Take(run.Sized(int.MaxValue, 10_000, 30_000));
        using var data = images.Split("equal", new(Collaborators));
        using var test = run.Test.Standardised();
        var (worst, rules) = (new JsonObject(), new JsonObject());
        foreach (var rule in AggregationRules.BuiltIn.Names.Where(rule => IsTried(rule, run)))
        {
            var clean = await AccuracyAsync(rule, rounds, data, test);
            var attacked = new JsonObject();
            foreach (var (attack, factor) in Attacks)
            {
                attacked[attack] = await AccuracyAsync(rule, rounds, WithAttacker(data, factor), test);
            }

            rules[rule] = new JsonObject { ["clean"] = clean, ["attacked"] = attacked };
            worst[rule] = attacked.Min(one => one.Value!.GetValue<double>());
            Say($"  {rule}: {clean}, {attacked.ToJsonString()}");
        }

        figures[Name] = new JsonObject(
        [
            KeyValuePair.Create<string, JsonNode?>("clean", rules[Default]!["clean"]!.GetValue<double>()),
            KeyValuePair.Create<string, JsonNode?>("default", worst[Default]!.GetValue<double>()),
            .. worst.Select(rule => KeyValuePair.Create(rule.Key, (JsonNode?)rule.Value!.GetValue<double>())),
            KeyValuePair.Create<string, JsonNode?>("rules", rules),
        ]);
    }

    private static bool IsTried(string rule, LearningRun run) => rule == Default
        || (run.Wants($"attack.{rule}") && (run.Size != LearningSize.Tiny || rule == "weighted_average"));

    private static async Task<double> AccuracyAsync(string rule, int rounds, FederatedDataset data, Samples test)
    {
        var training = new Training(Networks.TwoHiddenLayers, parameters => optim.SGD(parameters, LearningRate), rounds)
        {
            Plan = new Dictionary<string, object?>
            {
                ["data_loader.settings.batch_size"] = BatchSize,
                ["tasks.train.aggregation_type.template"] = rule,
                ["tasks.train.aggregation_type.settings"] = Settings.GetValueOrDefault(rule, []),
            },
        };
        try
        {
            return LearningRun.Rounded((await training.RunAsync(data, test))[^1]);
        }
        catch (ExperimentException broken)
        {
            // Weights that are no numbers: a model that does nothing but guess.
            Say($"  {rule}: {broken.Message}");
            return Guessing;
        }
    }

    // The samples stay the honest data set's, whoever is attacked.
    private static FederatedDataset WithAttacker(FederatedDataset data, double factor)
    {
        var attacker = data.Collaborators[^1];
        var steps = (int)((attacker.Train!.Count + BatchSize - 1) / BatchSize);
        return new(
        [
            .. data.Collaborators.SkipLast(1),
            attacker with
            {
                Model = new(Networks.TwoHiddenLayers, parameters => new ScaledUpdate(parameters, LearningRate, steps, factor)),
            },
        ]);
    }
}
