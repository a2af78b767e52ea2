using System.Text.Json.Nodes;

using Actors.Learning.Torch;

using static Actors.Benchmarks.Scenarios.ScenarioRun;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Benchmarks.Learning;

/// <summary>
/// How many rounds local computation saves: tables 2 and 4 of McMahan et al. 2017 with Fashion-MNIST in MNIST's place. 100 collaborators,
/// of which a tenth trains in a round.
/// </summary>
internal sealed class SpeedupsPart : ILearningPart
{
    // Table 4, to 97 % on MNIST.
    private static readonly SpeedupRow[] TwoHiddenLayers =
    [
        new(1, null, 1468, 1817) { IidRates = [0.3, 0.2], NonIidRates = [0.2, 0.1] },
        new(10, null, 156, 1100) { IidRates = [0.2, 0.1], NonIidRates = [0.1, 0.05] },
        new(1, 50, 144, 1183) { IidRates = [0.2, 0.1], NonIidRates = [0.1, 0.05] },
        new(20, null, 92, 957) { IidRates = [0.2, 0.1], NonIidRates = [0.1, 0.05] },
        new(1, 10, 92, 831) { IidRates = [0.05, 0.1], NonIidRates = [0.05] },
        new(10, 50, 45, 881) { IidRates = [0.1, 0.05], NonIidRates = [0.05] },
        new(20, 50, 39, 835) { IidRates = [0.1, 0.05], NonIidRates = [0.03] },
        new(10, 10, 34, 497) { IidRates = [0.05, 0.03], NonIidRates = [0.02] },
        new(20, 10, 32, 738) { IidRates = [0.05, 0.03], NonIidRates = [0.01] },
    ];

    // Table 2, to 99 % on MNIST.
    private static readonly SpeedupRow[] Convolutions =
    [
        new(1, null, 626, 483) { IidRates = [0.2], NonIidRates = [0.1] },
        new(1, 10, 34, 350) { IidRates = [0.05], NonIidRates = [0.05] },
        new(5, 10, 20, 229) { IidRates = [0.05], NonIidRates = [0.02] },
    ];

    public string Name => "speedups";

    public async Task RunAsync(LearningRun run, JsonObject figures)
    {
        IEnumerable<int> rows = run.Sized<int[]>([0, 4], [0, 4, 7], [.. Enumerable.Range(0, TwoHiddenLayers.Length)]);
        var isFull = run.Size == LearningSize.Full;
        SpeedupRow[] layers = [.. rows.Select(row => isFull ? TwoHiddenLayers[row] : TwoHiddenLayers[row].WithOneRate())];
        var targets = run.Sized((0.5, 0.35), (0.78, 0.65), (0.85, 0.78));
        using var test = run.Test.Standardised();
        var speedups = new JsonObject
        {
            ["2NN"] = await TablesAsync(run, "2NN", Networks.TwoHiddenLayers, layers, (run.Train, run.Train), targets, test),
        };
        if (isFull)
        {
            // Its 25 million operations for an image make the test of each round's model dearer than its training: a fifth of the test set will do.
            // With two-class shards it takes many rounds: there collaborators have a hundred images each instead of six hundred.
            using var fewImages = run.Train.Take(10_000);
            using var some = run.Test.Take(2_000);
            using var fewer = some.Standardised();
            speedups["CNN"] = await TablesAsync(run, "CNN", Networks.Convolutions, Convolutions, (run.Train, fewImages), (0.8, 0.7), fewer);
        }

        figures[Name] = speedups;
    }

    private static async Task<JsonObject> TablesAsync(
        LearningRun run,
        string name,
        Func<Module<Tensor, Tensor>> network,
        IReadOnlyList<SpeedupRow> rows,
        (ImageSet Iid, ImageSet NonIid) sets,
        (double Iid, double NonIid) targets,
        Samples test)
    {
        var tables = new JsonObject();
        foreach (var (key, splitter, images, target) in
            new[] { ("iid", "equal", sets.Iid, targets.Iid), ("nonIid", "two_class", sets.NonIid, targets.NonIid) })
        {
            if (run.Wants($"speedups.{name}.{key}"))
            {
                Say($"  {name}, {splitter} shards");
                using var data = images.Split(splitter, new(run.Sized(10, 100, 100)));
                var curves = new List<(string, IReadOnlyList<double>)>();
                var table = new SpeedupTable(network, rows, key == "iid", target, mostRounds: run.Sized(60, 300, 1000));
                tables[key] = await table.RunAsync(data, test, curves);
                run.Plot($"speedups-{name}-{key}", $"{name}, {splitter} shards, 100 collaborators, C = 0.1", curves);
            }
        }

        return tables;
    }
}
