using System.IO.Compression;

namespace Actors.Experiments.Virtual.Tests;

public sealed class ImageSamplesTests : IDisposable
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, 255, 102, 0, 0];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 4, 1];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-images-");

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Read_APairOfIdxFiles(string ending)
    {
        var samples = ImageSamples.Read(Write("images" + ending, Images), Write("labels" + ending, Labels));
        Assert.Equal((2, 1, 3, 5), (samples.Count, samples.Height, samples.Width, samples.ClassCount));
        Assert.Equal([4L, 1L], samples.Classes());
        var pixels = new float[3];
        samples.Fill(0, pixels);
        Assert.Equal([0, 51 * (1 / 255f), 1], pixels);
    }

    [Fact]
    public void Fill_LongRows_IsAPixelOver255()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 101).Select(pixel => (byte)(pixel * 7))];
        var samples = new ImageSamples(pixels, [0, 1, 2], 1, 101);
        var filled = new float[101];
        samples.Fill(2, filled);
        Assert.Equal(pixels[202..].Select(pixel => pixel * (1 / 255f)), filled);
    }

    [Fact]
    public void Read_FilesThatEndEarly_NamesTheFile() => Assert.Contains(
        "images is no complete IDX file",
        Assert.Throws<InvalidDataException>(() => ImageSamples.Read(Write("images", Images[..^1]), Write("labels", Labels))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_FilesThatDoNotBelongTogether_SaysBothShapes() => Assert.Contains(
        "[2, 1, 3] bytes",
        Assert.Throws<InvalidDataException>(() => ImageSamples.Read(Write("images", Images), Write("labels", [0, 0, 8, 1, 0, 0, 0, 1, 4]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Synthetic_TheSameSeedIsTheSameImages()
    {
        var (one, again, other) = (ImageSamples.Synthetic(50, 1), ImageSamples.Synthetic(50, 1), ImageSamples.Synthetic(50, 2));
        Assert.Equal(one.Classes(), again.Classes());
        Assert.NotEqual(one.Classes(), other.Classes());
        Assert.Equal(10, ImageSamples.Synthetic(500, 1).ClassCount);
    }

    [Fact]
    public void DrawnShards_AreTheSameAtEachAsking_AndDifferFromEachOther()
    {
        var shards = VirtualShards.Drawn(100_000, 60, 1000, 9);
        Assert.Equal(shards.Of(99_999), shards.Of(99_999));
        Assert.NotEqual(shards.Of(0), shards.Of(1));
        Assert.All(shards.Of(5), sample => Assert.InRange(sample, 0, 999));
        Assert.Equal(60, shards.Of(5).Length);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var file = File.Create(path);
        using var stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        stream.Write(bytes);
        return path;
    }
}
