using System.Runtime.InteropServices;

using Actors.Contracts.Compression;
using Actors.Contracts.Models;
using Actors.Silo.Running.Tests;
using Actors.TestKit.Network;

namespace Actors.Silo.Network.Tests;

/// <summary>Changes are encoded both ways, between a real aggregator and real hosts.</summary>
public sealed class EncodedFederationTests : AggregatorTest
{
    [Theory]
    [InlineData(ValueFormat.Int8, 1.0, 1e-4)]
    [InlineData(ValueFormat.Eden, 1.0, 1e-4)]
    [InlineData(ValueFormat.Ternary, 0.5, 0.5)]
    public async Task Federation_EndsWithTheSameBytesOnABadNetwork_AndNearTheModelOfPlainUpdates(
        ValueFormat values, double fraction, double relativeSquaredError)
    {
        var pipeline = new CompressionPipeline { Values = values, Fraction = fraction, ZstdLevel = 1 };
        var cut = new ConnectionFault(new() { CutAfterBytes = 60_000 }, new() { CutAfterBytes = 60_000 });

        var calm = await HostedFederation.RunAsync(FolderOf("calm"), Authority, pipeline: pipeline);
        var bad = await HostedFederation.RunAsync(
            FolderOf("bad"), Authority, connection => connection < 3 ? cut : ConnectionFault.None, pipeline: pipeline);
        var plain = await HostedFederation.RunAsync(FolderOf("plain"), Authority);

        Assert.Equal(calm, bad);
        Assert.NotEqual(calm, plain);
        Assert.InRange(RelativeSquaredError(LastModel("plain"), LastModel("calm")), 0, relativeSquaredError);
    }

    private string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    private float[] LastModel(string name)
    {
        using var model = ModelFile.Read(Path.Combine(Folder, name, "last.pbuf"));
        var values = new float[model.Manifest.ByteLength / sizeof(float)];
        model.Read(0, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static double RelativeSquaredError(float[] expected, float[] actual) =>
        expected.Zip(actual, (one, other) => ((double)one - other) * ((double)one - other)).Sum() / expected.Sum(one => (double)one * one);
}
