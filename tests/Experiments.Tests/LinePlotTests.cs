using SkiaSharp;

using TorchSharp;

namespace Actors.Experiments.Tests;

public sealed class LinePlotTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plots-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Save_DrawsEachLineInAColourOfItsOwn()
    {
        var one = Draw(new PlotLine("one", [0, 1, 2], [0.1, 0.5, 0.9]));
        var two = Draw(new PlotLine("one", [0, 1, 2], [0.1, 0.5, 0.9]), new PlotLine("two", [0, 1, 2], [0.9, 0.5, 0.1]));

        Assert.Single(one);
        Assert.Equal(2, two.Count);
    }

    [Fact]
    public void Save_LeavesOutWhatIsNotFinite() =>
        Assert.Single(Draw(new PlotLine("one", [0, 1, 2, 3, 4], [0.1, 0.5, double.NaN, double.PositiveInfinity, 0.2])));

    [Fact]
    public void Save_WithoutALine_OrWithHalfPoints_Refuses()
    {
        Assert.Contains("no line to draw", Assert.Throws<ArgumentException>(() => Draw()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "The line one has 2 X and 1 Y",
            Assert.Throws<ArgumentException>(() => Draw(new PlotLine("one", [0, 1], [1]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plot_OfATable_DrawsItsColumns()
    {
        var table = new MetricsTable(
        [
            new(0, 2, TimeSpan.FromSeconds(1), [new("train/loss", 0.9), new("validate/accuracy", 0.1)]),
            new(1, 2, TimeSpan.FromSeconds(1), [new("train/loss", 0.2)]),
            new(2, 2, TimeSpan.FromSeconds(1), [new("train/loss", 0.1), new("validate/accuracy", 0.8)]),
        ]);
        var path = Path.Combine(_folder.FullName, "new", "table.png");

        table.Plot(path);
        var all = Colours(path);
        table.Plot(path, "validate/accuracy");

        Assert.Equal(2, all.Count);
        Assert.Single(Colours(path));
        Assert.Throws<ArgumentException>(() => table.Plot(path, "validate/loss"));
    }

    [Fact]
    public void TorchSharp_StillWritesImages()
    {
        // It was made for an older SkiaSharp than the one that draws the plots.
        Learning.Torch.Native.LibTorch.EnsureLoaded();
        using var image = torch.zeros([3, 4, 4], torch.ScalarType.Byte);
        var writer = torch.utils.tensorboard.SummaryWriter(_folder.FullName, createRunName: false);

        writer.add_img("image", image, 0);

        Assert.Contains(_folder.GetFiles(), file => file.Length > 100);
    }

    private List<SKColor> Draw(params IReadOnlyList<PlotLine> lines)
    {
        var path = Path.Combine(_folder.FullName, "plot.png");
        LinePlot.Save(path, new("Title", "round", "accuracy"), lines);
        return Colours(path);
    }

    // The saturated colours with many points: those of the lines, not of paper, ink and what lies between them.
    private static List<SKColor> Colours(string path)
    {
        using var decoded = SKBitmap.Decode(path);
        Assert.Equal((800, 480), (decoded.Width, decoded.Height));
        return [.. decoded.Pixels.CountBy(colour => colour).Where(count => count.Value > 100).Select(count => count.Key).Where(IsColourful)];
    }

    private static bool IsColourful(SKColor colour) =>
        Math.Max(colour.Red, Math.Max(colour.Green, colour.Blue)) - Math.Min(colour.Red, Math.Min(colour.Green, colour.Blue)) > 100;
}
