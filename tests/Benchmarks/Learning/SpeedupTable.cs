using System.Text.Json.Nodes;

using Actors.Experiments;
using Actors.Learning.Torch;

using TorchSharp;

using static Actors.Benchmarks.Scenarios.ScenarioRun;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Benchmarks.Learning;

/// <summary>Rounds to a target for each row of a table, and the speed-ups over its first row, FedSGD.</summary>
/// <param name="network">Builds the network.</param>
/// <param name="rows">FedSGD and others.</param>
/// <param name="isIid">Whether shards are alike; else they have two classes each.</param>
/// <param name="target">The accuracy to reach.</param>
/// <param name="mostRounds">After how many rounds a row is given up.</param>
internal sealed class SpeedupTable(
    Func<Module<Tensor, Tensor>> network, IReadOnlyList<SpeedupRow> rows, bool isIid, double target, int mostRounds)
{
    /// <summary>How far from the paper's a speed-up may be, either way, as a factor.</summary>
    public const double Band = 3;

    /// <summary>The least rank correlation between the paper's speed-ups and these.</summary>
    public const double LeastCorrelation = 0.8;

    private const double Fraction = 0.1;

    /// <summary>Trains every row.</summary>
    /// <param name="data">The shards.</param>
    /// <param name="test">What the target is measured on.</param>
    /// <param name="curves">Takes the accuracies of each row's best step size.</param>
    public async Task<JsonObject> RunAsync(FederatedDataset data, Samples test, List<(string, IReadOnlyList<double>)> curves)
    {
        var trained = new List<Reached>();
        foreach (var row in rows)
        {
            trained.Add(await BestAsync(row, data, test));
            curves.Add((row.ToString(), trained[^1].Accuracies));
        }

        var samples = data.Collaborators.Average(one => one.Train!.Count);
        var (first, judged) = (trained[0], new List<(double Paper, double Ours)>());
        var lines = new JsonArray();
        foreach (var one in trained)
        {
            var paper = Paper(rows[0]) / Paper(one.Row);
            var speedup = first.Rounds / one.Rounds;
            if (speedup is { } ours && one != first)
            {
                judged.Add((paper, ours));
            }

            lines.Add(new JsonObject
            {
                ["epochs"] = one.Row.Epochs,
                ["batchSize"] = one.Row.BatchSize,
                ["steps"] = one.Row.Steps(samples),
                ["learningRate"] = one.Rate,
                ["rounds"] = one.Rounds is { } rounds ? Math.Round(rounds, 1) : null,
                ["roundsTrained"] = one.Accuracies.Count,
                ["bestAccuracy"] = LearningRun.Rounded(one.Accuracies.Max()),
                ["speedup"] = speedup is { } factor ? Math.Round(factor, 2) : null,
                ["paperRounds"] = Paper(one.Row),
                ["paperSpeedup"] = Math.Round(paper, 1),
                ["inBand"] = speedup is { } inside ? inside <= paper * Band && inside >= paper / Band : null,
            });
        }

        return new JsonObject
        {
            ["target"] = target,
            ["rows"] = lines,
            ["rankCorrelation"] = judged.Count < 2 ? null
                : Math.Round(RoundsToTarget.RankCorrelation([.. judged.Select(one => one.Paper)], [.. judged.Select(one => one.Ours)]), 2),
        };
    }

    private double Paper(SpeedupRow row) => isIid ? row.PaperIid : row.PaperNonIid;

    // A step size that takes longer than the best one before it is given up.
    private async Task<Reached> BestAsync(SpeedupRow row, FederatedDataset data, Samples test)
    {
        Reached? best = null;
        foreach (var rate in isIid ? row.IidRates : row.NonIidRates)
        {
            var limit = best?.Rounds is { } least ? (int)Math.Ceiling(least) : mostRounds;
            var training = new Training(network, parameters => optim.SGD(parameters, rate), limit)
            {
                Fraction = Fraction,
                IsEnough = accuracies => accuracies[^1] >= target,
                Plan = new Dictionary<string, object?>
                {
                    ["data_loader.settings.batch_size"] = row.BatchSize ?? (int)data.Collaborators.Max(one => one.Train!.Count),
                    ["tasks.train.kwargs.epochs"] = row.Epochs,
                    ["tasks.train.aggregation_type.template"] = "weighted_average",
                },
            };
            var accuracies = await training.RunAsync(data, test);
            var reached = new Reached(row, rate, RoundsToTarget.Of(accuracies, target), accuracies);
            var rounds = reached.Rounds is { } needed ? $"{needed:F1} rounds" : $"not after {accuracies.Count} rounds, {accuracies.Max():F4}";
            Say($"  {row}, step {rate}: {rounds}");
            best = best is null || reached.Rounds < (best.Rounds ?? double.PositiveInfinity)
                || (best.Rounds is null && accuracies.Max() > best.Accuracies.Max()) ? reached : best;
        }

        return best!;
    }

    private sealed record Reached(SpeedupRow Row, double Rate, double? Rounds, IReadOnlyList<double> Accuracies);
}
