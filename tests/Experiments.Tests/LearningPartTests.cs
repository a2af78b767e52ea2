using System.Text.Json.Nodes;

using Actors.Benchmarks.Learning;

using TorchSharp;

using static TorchSharp.torch;

namespace Actors.Experiments.Tests;

/// <summary>The parts of the learning benchmark, with handwritten digits and a few rounds: they run, and show what they are to show.</summary>
public sealed class LearningPartTests : IDisposable
{
    private readonly DirectoryInfo _plots = Directory.CreateTempSubdirectory("learning-");
    private readonly ImageSet _train;
    private readonly ImageSet _test;

    public LearningPartTests()
    {
        var (pixels, digits) = HandwrittenDigits.Load();
        var classes = digits.data<long>().ToArray();
        using (NewDisposeScope())
        {
            // As large as the images of Fashion-MNIST: each point three times three, with a margin of two.
            var images = nn.functional.pad(
                pixels.mul(255).repeat_interleave(3, 2).repeat_interleave(3, 3), [2, 2, 2, 2]).to(ScalarType.Byte);
            _train = new(images.slice(0, 0, 1500, 1).contiguous().DetachFromDisposeScope(), classes[..1500]);
            _test = new(images.slice(0, 1500, images.shape[0], 1).contiguous().DetachFromDisposeScope(), classes[1500..]);
        }

        pixels.Dispose();
        digits.Dispose();
    }

    public void Dispose()
    {
        _train.Dispose();
        _test.Dispose();
        _plots.Delete(recursive: true);
    }

    [Fact]
    public async Task Original_LearnsAsInOnePlace()
    {
        var figures = await RunAsync(new OriginalPart());

        Assert.InRange(figures["original"]!["global"]![0]!.GetValue<double>(), 0, 0.3);
        Assert.InRange(figures["federated"]!.GetValue<double>(), 0.5, 1);
        Assert.InRange(figures["central"]!.GetValue<double>(), 0.5, 1);
        Assert.True(IsPlotted("original"));
    }

    [Fact]
    public async Task Speedups_LocalStepsSaveRounds()
    {
        var figures = (await RunAsync(new SpeedupsPart()))["speedups"]!["2NN"]!;

        foreach (var shards in new[] { "iid", "nonIid" })
        {
            var rows = figures[shards]!["rows"]!.AsArray();
            Assert.Equal(1, rows[0]!["speedup"]!.GetValue<double>());
            Assert.True(rows[1]!["speedup"]!.GetValue<double>() > 1.5, rows.ToJsonString());
        }

        Assert.True(IsPlotted("speedups-2NN-iid"));
    }

    [Fact]
    public async Task NonIid_HasACurveForEachAlgorithm()
    {
        var figures = (await RunAsync(new NonIidPart()))["nonIid"]!.AsObject();

        Assert.Superset(new HashSet<string> { "fedAvg", "fedProx", "fedAdam", "fedYogi" }, figures.Select(one => one.Key).ToHashSet());
        Assert.All(figures, one => Assert.InRange(one.Value!["best"]!.GetValue<double>(), 0.2, 1));
        Assert.True(IsPlotted("nonIid"));
    }

    [Fact]
    public async Task Attack_RuinsTheAverageAndNotTheDefault()
    {
        var figures = (await RunAsync(new AttackPart()))["attack"]!;

        var clean = figures["clean"]!.GetValue<double>();
        Assert.InRange(clean, 0.7, 1);
        Assert.InRange(figures["default"]!.GetValue<double>(), clean - 0.15, 1);
        Assert.InRange(figures["weighted_average"]!.GetValue<double>(), 0, clean - 0.3);
        Assert.Equal(3, figures["rules"]!["weighted_average"]!["attacked"]!.AsObject().Count);
    }

    [Fact]
    public async Task Codecs_SaveBytesBothWays()
    {
        var figures = (await RunAsync(new CodecsPart()))["codecs"]!;

        // Five updates and five models, the first one and the next, of 199,210 numbers.
        var none = figures["none"]!;
        Assert.Equal(2 * 5 * 199_210 * 4, none["bytesUp"]!.GetValue<long>());
        Assert.Equal(2 * 5 * 199_210 * 4, none["bytesDown"]!.GetValue<long>());
        Assert.InRange(figures["int8"]!["bytesUp"]!.GetValue<long>(), 1, none["bytesUp"]!.GetValue<long>() / 3);

        // The first model goes whole.
        var down = none["bytesDown"]!.GetValue<long>();
        Assert.InRange(figures["stc"]!["bytesDown"]!.GetValue<long>(), down / 2, down * 6 / 10);
        Assert.InRange(figures["int8"]!["accuracy"]!.GetValue<double>(), none["accuracy"]!.GetValue<double>() - 0.05, 1);
    }

    [Fact]
    public void SeedStatistics_AreTheMeanAndTheDeviationOfOne()
    {
        var of = SeedStatistics.Of([[0.5, 1], [0.7, 1], [0.9, 1]]);
        Assert.Equal([0.7, 1], of.Means.Select(mean => Math.Round(mean, 12)));
        Assert.Equal([0.2, 0], of.Deviations.Select(deviation => Math.Round(deviation, 12)));
        Assert.Equal([0.0], SeedStatistics.Of([[0.5]]).Deviations);
    }

    [Fact]
    public void RoundsToTarget_LieBetweenRounds()
    {
        Assert.Equal(0.5, RoundsToTarget.Of([0.5], 0.3)!.Value, 1e-12);
        Assert.Equal(3.25, RoundsToTarget.Of([0.5, 0.6, 0.4, 1], 0.7)!.Value, 1e-12);
        Assert.Null(RoundsToTarget.Of([0.5, 0.6], 0.7));
    }

    [Fact]
    public void RankCorrelation_IsThatOfTheOrder()
    {
        Assert.Equal(1, RoundsToTarget.RankCorrelation([1, 2, 3], [10, 11, 100]), 1e-12);
        Assert.Equal(-1, RoundsToTarget.RankCorrelation([1, 2, 3], [3, 2, 1]), 1e-12);

        // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: products −1.5 · −1.5, 0, 0 and 1.5 · 1.5 over √(4.5 · 5).
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RoundsToTarget.RankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]), 1e-12);
    }

    private async Task<JsonObject> RunAsync(ILearningPart part)
    {
        var figures = new JsonObject();
        await part.RunAsync(new(_train, _test, LearningSize.Tiny, _plots.FullName), figures);
        return figures;
    }

    private bool IsPlotted(string name) => new FileInfo(Path.Combine(_plots.FullName, $"{name}.png")) is { Exists: true, Length: > 5000 };
}
