using System.Text.Json.Nodes;

using TorchSharp;

using static Actors.Benchmarks.Scenarios.ScenarioRun;
using static TorchSharp.torch;

namespace Actors.Benchmarks.Learning;

/// <summary>What each codec saves and what it costs: five collaborators with equal shards, changes both ways.</summary>
internal sealed class CodecsPart : ILearningPart
{
    private const int Collaborators = 5;
    private const string NoCodec = "none";

    private static readonly (string Name, string Template, Dictionary<string, object?> Settings)[] Codecs =
    [
        (NoCodec, NoCodec, []),
        ("zstd", "zstd", []),
        ("float16", "float16", []),
        ("bfloat16", "bfloat16", []),
        ("bfloat16Zstd", "bfloat16", new() { ["zstd_level"] = 3 }),
        ("int8", "int8", []),
        ("int4", "int4", []),
        ("eden8", "eden", new() { ["n_bits"] = 8 }),
        ("eden4", "eden", new() { ["n_bits"] = 4 }),
        ("eden2", "eden", new() { ["n_bits"] = 2 }),
        ("eden1", "eden", new() { ["n_bits"] = 1 }),
        ("topK", "top_k", []),
        ("stc", "stc", []),
        ("stc1Percent", "stc", new() { ["p_sparsity"] = 0.01 }),
        ("kc", "kc", []),
        ("skc", "skc", []),
    ];

    public string Name => "codecs";

    public async Task RunAsync(LearningRun run, JsonObject figures)
    {
        var rounds = run.Sized(2, 5, 15);
        using var images = run.Train.Take(run.Sized(int.MaxValue, 10_000, 30_000));
        using var data = images.Split("equal", new(Collaborators));
        using var test = run.Test.Standardised();
        var (codecs, curves) = (new JsonObject(), new List<(string Name, IReadOnlyList<double> Accuracies)>());
        foreach (var (name, template, settings) in Codecs.Where(codec => IsTried(codec.Name, run)))
        {
            using var bytes = new TransferredBytes();
            var training = new Training(Networks.TwoHiddenLayers, parameters => optim.SGD(parameters, 0.1), rounds)
            {
                Logs = bytes,
                Plan = new Dictionary<string, object?>
                {
                    ["data_loader.settings.batch_size"] = 50,
                    ["collaborator.settings.delta_updates"] = template != NoCodec,
                    ["compression_pipeline.template"] = template,
                    ["compression_pipeline.settings"] = settings,
                },
            };
            var accuracies = await training.RunAsync(data, test);
            codecs[name] = new JsonObject
            {
                ["accuracy"] = LearningRun.Rounded(accuracies[^1]),
                ["bytesUp"] = bytes.Up,
                ["bytesDown"] = bytes.Down,
                ["accuracies"] = LearningRun.ToJson(accuracies),
            };
            curves.Add((name, accuracies));
            Say($"  {name}: {accuracies[^1]:F4}, {bytes.Up} bytes up, {bytes.Down} down");
        }

        figures[Name] = codecs;
        run.Plot(Name, "Codecs, five collaborators", curves);
    }

    private static bool IsTried(string codec, LearningRun run) =>
        run.Wants($"codecs.{codec}") && (run.Size != LearningSize.Tiny || codec is NoCodec or "int8" or "stc");
}
