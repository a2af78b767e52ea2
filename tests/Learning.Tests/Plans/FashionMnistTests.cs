using System.IO.Compression;
using System.Net;

using Actors.Learning.Splitting;
using Actors.Learning.Tests;

using TorchCnnFashionMnist;

namespace Actors.Learning.Plans.Tests;

public sealed class FashionMnistTests : IDisposable
{
    private const string Labels = "t10k-labels-idx1-ubyte.gz";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Network_HasTheParametersOfThePapers()
    {
        WriteSet("train", 4);
        WriteSet("t10k", 3);
        using var loader = new FashionMnistLoader("1", 2, _folder);
        using var runner = new FashionMnistCnn(loader);

        Assert.Equal(430_660, runner.Model.ParameterCount);
        Assert.Equal(8, runner.Model.Tensors.Length);
        Assert.Equal((2, 2), (loader.TrainSampleCount, loader.ValidationSampleCount));
        Assert.Equal(2, runner.TrainTask(Rounds.Context()).SampleCount);
    }

    public static TheoryData<string> Splits => [.. Splitters.Names];

    // 200 images of ten classes to train on, 100 to validate on.
    [Theory]
    [MemberData(nameof(Splits))]
    public void Shards_HaveEveryImageOnce_AndSomethingToValidate(string split)
    {
        WriteSet("train", 200);
        WriteSet("t10k", 100);
        var sizes = Enumerable.Range(1, 8).Select(shard =>
        {
            using var loader = new FashionMnistLoader($"{shard}", 8, _folder, split, alpha: 0.05, sigma: 2, splitSeed: 3);
            return (loader.TrainSampleCount, loader.ValidationSampleCount);
        }).ToList();

        Assert.Equal((200, 100), (sizes.Sum(size => size.TrainSampleCount), sizes.Sum(size => size.ValidationSampleCount)));
        Assert.All(sizes, size => Assert.True(size is { TrainSampleCount: >= 1, ValidationSampleCount: >= 1 }, $"{size}"));
    }

    [Fact]
    public void Shard_ByAnotherSeed_IsAnother()
    {
        WriteSet("train", 200);
        WriteSet("t10k", 100);
        long Size(long seed)
        {
            using var loader = new FashionMnistLoader("1", 4, _folder, "dirichlet", alpha: 0.3, splitSeed: seed);
            return loader.TrainSampleCount;
        }

        Assert.Equal(Size(1), Size(1));
        Assert.NotEqual(Size(1), Size(2));
    }

    [Fact]
    public void Read_AnIdxFile_GivesAxesAndValues()
    {
        var path = Write("x.gz", [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);

        var read = IdxFile.Read(path);

        Assert.Equal([2, 3], read.Axes);
        Assert.Equal([1, 2, 3, 4, 5, 6], read.Values);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 1 })]
    [InlineData(new byte[] { 0, 0 })]
    [InlineData(new byte[] { 0, 0, 8, 2, 127, 0, 0, 0, 127, 0, 0, 0 })]
    public void Read_WhatIsNoIdxFileOfBytes_NamesTheFile(byte[] content)
    {
        var path = Write("x.gz", content);

        var problem = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));

        Assert.StartsWith($"{path} is no complete IDX file of bytes: ", problem.Message);
    }

    [Fact]
    public void Find_LooksInThePlansFolderThenTheCacheThenTheSystems()
    {
        var (mine, cache, system) = (Folder("mine"), Folder("cache"), Folder("system"));
        using var http = new HttpMessageInvoker(new Publisher(HttpStatusCode.NotFound, []));
        var files = new FashionMnistFiles(http, mine, cache, system);

        foreach (var folder in new[] { system, cache, mine })
        {
            File.WriteAllText(Path.Combine(folder, Labels), "");
            Assert.Equal(Path.Combine(folder, Labels), files.Find(Labels));
        }
    }

    [Fact]
    public void Find_Nowhere_SaysWhereToPutTheFiles()
    {
        using var http = new HttpMessageInvoker(new Publisher(HttpStatusCode.NotFound, []));

        var problem = Assert.Throws<FileNotFoundException>(() => new FashionMnistFiles(http, "a", "b", "c").Find(Labels));

        Assert.StartsWith($"{Labels} is not in a, b or c, and could not be downloaded from https://", problem.Message);
        Assert.EndsWith("(Debian: apt install dataset-fashion-mnist).", problem.Message);
    }

    [Fact]
    public void Find_ADownloadThatIsNotThePublishedFile_IsNotKept()
    {
        using var http = new HttpMessageInvoker(new Publisher(HttpStatusCode.OK, [1, 2, 3]));
        var cache = Folder("cache");

        var problem = Assert.Throws<InvalidDataException>(() => new FashionMnistFiles(http, null, cache, "c").Find(Labels));

        Assert.Contains("expected 67da17c7", problem.Message);
        Assert.Empty(Directory.GetFiles(cache));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private void WriteSet(string part, byte count)
    {
        Write($"{part}-images-idx3-ubyte.gz", [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[count * 28 * 28]]);
        Write($"{part}-labels-idx1-ubyte.gz", [0, 0, 8, 1, 0, 0, 0, count, .. Enumerable.Range(0, count).Select(image => (byte)(image % 10))]);
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(content);
        return path;
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private sealed class Publisher(HttpStatusCode status, byte[] content) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(status) { Content = new ByteArrayContent(content) };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
