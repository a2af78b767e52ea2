using System.IO.Compression;
using System.Runtime.InteropServices;

using Actors.Contracts.OpenFl;
using Actors.Contracts.Wire.OpenFl;

using Google.Protobuf;

namespace Actors.Contracts.Models.Tests;

/// <summary>Model files as the original writes them for a plan with a pipeline.</summary>
public sealed class PackedModelFileTests : IDisposable
{
    private static readonly Dictionary<int, float> Table = new() { [0] = -1, [1] = 0, [2] = 0.25F };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("model.pbuf");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kc")]
    [InlineData("skc")]
    [InlineData("stc")]
    public void Read_Indices_AreWhatTheTableSays(string pipeline)
    {
        // Clustering alone has one step that knows shape and table, the others one for each.
        MetadataProto[] steps = pipeline == "kc"
            ? [new() { IntList = { 2, 3 }, IntToFloat = { Table } }, new()]
            : [new() { IntList = { 2, 3 } }, new() { IntToFloat = { Table } }, new()];
        Write(Tensor("w", Gzip(2, 0, 1, 1, 0, 2), steps), Tensor("scale", Gzip(1), [new() { IntToFloat = { Table } }, new()]));

        using var read = ModelFile.Read(Path, TensorPipelines.Find(pipeline));

        Assert.Equal(["w Float32[2, 3]", "scale Float32[]"], read.Manifest.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal(4, read.Round);
        Assert.Equal([0.25F, -1, 0, 0, -1, 0.25F], Numbers(read, 0));
        Assert.Equal([0F], Numbers(read, 1));
    }

    [Fact]
    public void Read_Eden_GivesTheOriginalsNumbers_AndLeavesSmallTensors()
    {
        var packed = new MetadataProto { IntList = { 2, 4 }, IntToFloat = { [0] = 7, [1] = 8, [2] = 5.255751F, [3] = 8 } };
        Write(
            Tensor("w", Convert.FromHexString("4758"), packed),
            Tensor("bias", MemoryMarshal.AsBytes<float>([1.5F, -2]).ToArray(), new MetadataProto { IntList = { 2 } }));

        using var read = ModelFile.Read(Path, TensorPipelines.Find("eden"));

        float[] expected = [2.379699F, 2.779341F, 2.379700F, 2.779339F, 2.779340F, 7.938380F, 7.538738F, 7.938378F];
        Assert.All(expected.Zip(Numbers(read, 0)), pair => Assert.Equal(pair.First, pair.Second, 1e-4F));
        Assert.Equal([1.5F, -2], Numbers(read, 1));
    }

    [Fact]
    public void Read_NotPacked_WhateverThePipeline()
    {
        ModelFile.Write(Path, TestModels.Float32(("w", [2], [1, 2])), round: 4);

        using var read = ModelFile.Read(Path, TensorPipelines.Find("stc"));

        Assert.Equal([1F, 2], Numbers(read, 0));
    }

    [Fact]
    public void Read_ValuesOfAnotherPipeline_AreRefusedByName()
    {
        Write(Tensor("w", [1, 2, 3], new() { IntList = { 2 }, IntToFloat = { Table } }, new()));

        using var read = ModelFile.Read(Path, TensorPipelines.Find("kc"));

        var refused = Assert.Throws<ModelFileException>(() => Numbers(read, 0));
        Assert.StartsWith($"{Path}, tensor 'w': ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("read it with the plan that it was written for.", refused.Message, StringComparison.Ordinal);
    }

    private static float[] Numbers(IModelFile file, int tensor)
    {
        var numbers = new float[file.Manifest.Tensors[tensor].Shape.ElementCount];
        file.Read(file.Manifest.OffsetOf(tensor), MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private void Write(params NamedTensor[] tensors) => File.WriteAllBytes(Path, new ModelProto { Tensors = { tensors } }.ToByteArray());

    private static NamedTensor Tensor(string name, byte[] bytes, params MetadataProto[] steps) => new()
    {
        Name = name,
        RoundNumber = 4,
        Lossless = true,
        Tags = { "model" },
        TransformerMetadata = { steps },
        DataBytes = ByteString.CopyFrom(bytes),
    };

    private static byte[] Gzip(params float[] indices)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(MemoryMarshal.AsBytes<float>(indices));
        }

        return packed.ToArray();
    }
}
