using System.Text.Json.Nodes;

using TorchSharp;

using static Actors.Benchmarks.Scenarios.ScenarioRun;
using static TorchSharp.torch;

namespace Actors.Benchmarks.Learning;

/// <summary>Algorithms made for data that differs from site to site, on Dirichlet(0.1) shards: a site has mostly one or two classes.</summary>
internal sealed class NonIidPart : ILearningPart
{
    private const double Alpha = 0.1;
    private const string Rule = "tasks.train.aggregation_type.template";
    private const string RuleSettings = "tasks.train.aggregation_type.settings";

    // Sites of very different size move very differently far, and none is an attacker: the server optimizers get no bound.
    private static readonly Dictionary<string, object?> Unbounded = new() { ["norm_multiplier"] = 1e6, ["leave_out_multiplier"] = 1e7 };

    private static readonly (string Name, Dictionary<string, object?> Plan)[] Algorithms =
    [
        ("fedAvg", new() { [Rule] = "weighted_average" }),
        ("fedProx", new() { [Rule] = "weighted_average", ["task_runner.settings.proximal_mu"] = 0.1 }),
        ("fedAdam", new() { [Rule] = "fed_adam", [RuleSettings] = Unbounded }),
        ("fedYogi", new() { [Rule] = "fed_yogi", [RuleSettings] = Unbounded }),
        ("scaffold", new() { [Rule] = "scaffold", [RuleSettings] = Unbounded }),
        ("fedCurv", new() { [Rule] = "fed_curv", [RuleSettings] = Unbounded }),
        ("default", new() { [Rule] = "bounded_average" }),
    ];

    public string Name => "nonIid";

    public async Task RunAsync(LearningRun run, JsonObject figures)
    {
        var rounds = run.Sized(3, 15, 40);
        using var data = run.Train.Split("dirichlet", new(run.Sized(4, 10, 10), Seed: 1, Alpha: Alpha));
        using var test = run.Test.Standardised();
        var curves = new List<(string Name, IReadOnlyList<double> Accuracies)>();
        foreach (var (name, plan) in Algorithms.Where(algorithm => run.Wants($"{Name}.{algorithm.Name}")))
        {
            var training = new Training(Networks.TwoHiddenLayers, parameters => optim.SGD(parameters, 0.05), rounds)
            {
                Plan = new Dictionary<string, object?>(plan) { ["data_loader.settings.batch_size"] = 50 },
            };
            curves.Add((name, await training.RunAsync(data, test)));
            Say($"  {name}: {MeanOfLast(curves[^1].Accuracies):F4}");
        }

        figures[Name] = new JsonObject(
            curves.Select(curve => KeyValuePair.Create<string, JsonNode?>(curve.Name, new JsonObject
            {
                ["final"] = LearningRun.Rounded(MeanOfLast(curve.Accuracies)),
                ["best"] = LearningRun.Rounded(curve.Accuracies.Max()),
                ["accuracies"] = LearningRun.ToJson(curve.Accuracies),
            })));
        run.Plot(Name, "Dirichlet(0.1) shards, 10 collaborators", curves);
    }

    // Models of such shards swing from round to round: a single one says little.
    private static double MeanOfLast(IReadOnlyList<double> accuracies) => accuracies.TakeLast(5).Average();
}
