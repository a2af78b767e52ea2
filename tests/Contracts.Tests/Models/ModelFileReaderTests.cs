using Actors.Contracts.Wire.OpenFl;

using FsCheck.Xunit;

using Google.Protobuf;

namespace Actors.Contracts.Models.Tests;

[Properties(Arbitrary = [typeof(TestModels)], MaxTest = 50)]
public sealed class ModelFileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("model.pbuf");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_BytesOfTheOriginal_GivesNameShapeAndRound()
    {
        // A NamedTensor that the original wrote: w = [[1, 2], [3, 4]], round 3.
        var tensor = Convert.FromHexString(
            "0a0177100318012a0a636f6d707265737365642a056d6f64656c3204120202023a100000803f000000400000404000008040");
        File.WriteAllBytes(Path, [0x0a, (byte)tensor.Length, .. tensor]);
        using var read = ModelFile.Read(Path);
        Assert.Equal(3, read.Round);
        Assert.Equal("w Float32[2, 2]", read.Manifest.Tensors.Single().ToString());
        Assert.Equal(TestModels.Float32(("w", [2, 2], [1, 2, 3, 4])).All(), read.All());
    }

    [Fact]
    public void Read_Scalar_HasOneElement()
    {
        Write(Tensor("acc", [], 1));
        using var read = ModelFile.Read(Path);
        Assert.Equal("acc Float32[]", read.Manifest.Tensors.Single().ToString());
    }

    [Fact]
    public void Read_FieldsInAnyOrderAndUnknownOnes_AreTaken()
    {
        var tensor = Tensor("w", [1], 1);
        var data = tensor.DataBytes;
        tensor.DataBytes = ByteString.Empty;
        byte[] bytes = [0x3a, 4, .. data, .. tensor.ToByteArray(), 0x82, 0x7d, 2, 1, 2]; // field 2000: two bytes
        File.WriteAllBytes(Path, [0x0a, (byte)bytes.Length, .. bytes]);
        using var read = ModelFile.Read(Path);
        Assert.Equal(data, read.All().AsSpan(0, 4).ToArray());
    }

    [Property]
    public void Read_FileCutAnywhere_IsRefused(MemoryTensorBytes model, ushort cut)
    {
        ModelFile.Write(Path, model, 1);
        var whole = File.ReadAllBytes(Path);
        var starts = ModelProto.Parser.ParseFrom(whole).Tensors
            .Aggregate(new List<int> { 0 }, (ends, tensor) => [.. ends, ends[^1] + new ModelProto { Tensors = { tensor } }.CalculateSize()]);
        var length = cut % whole.Length;
        if (length == 0 || !starts.Contains(length))
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<ModelFileException>(() => ModelFile.Read(Path));
        }
    }

    [Property]
    public void Read_AnyBytes_AreReadOrRefusedButNeverBreakTheReader(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        Assert.ThrowsAny<ModelFileException>(() => ModelFile.Read(Path).Dispose());
    }

    [Fact]
    public void Read_TwoTensorsOfOneName_IsRefused()
    {
        Write(Tensor("w", [1], 1), Tensor("w", [1], 1));
        Assert.Equal($"{Path}, tensor 'w': two tensors have this name; give each tensor a name of its own.", Refusal());
    }

    [Fact]
    public void Read_TensorsOfTwoRounds_IsRefused()
    {
        var late = Tensor("v", [1], 1);
        late.RoundNumber = 2;
        Write(Tensor("w", [1], 1), late);
        Assert.Equal(
            $"{Path}, tensor 'v': it is of round 2, the first tensor of round 0; write the file anew from one round's model.", Refusal());
    }

    [Fact]
    public void Read_ShapeThatDoesNotFitTheBytes_IsRefused()
    {
        Write(Tensor("w", [2, 3], 5));
        Assert.Equal(
            $"{Path}, tensor 'w': its shape [2, 3] needs 24 bytes of float32, it has 20; copy the file again or write it anew.", Refusal());
    }

    [Fact]
    public void Read_CompressedTensor_IsRefusedWithTheRemedy()
    {
        var shifted = Tensor("w", [1], 1);
        shifted.TransformerMetadata[0].IntToFloat[0] = 0.5f;
        var twice = Tensor("w", [1], 1);
        twice.TransformerMetadata.Add(new MetadataProto());
        foreach (var tensor in new[] { shifted, twice })
        {
            Write(tensor);
            Assert.Equal(
                $"{Path}, tensor 'w': its values went through a compression pipeline; "
                + "write the file with the plan's compression pipeline set to NoCompressionPipeline.",
                Refusal());
        }
    }

    [Fact]
    public void Read_OtherNonsense_IsRefused()
    {
        var negative = Tensor("w", [-1], 1);
        var nameless = Tensor("", [1], 1);
        var shapeless = Tensor("w", [1], 1);
        shapeless.TransformerMetadata.Clear();
        var typed = Tensor("w", [1], 1);
        typed.ElementType = 77;
        var halfTyped = Tensor("w", [1], 1);
        halfTyped.ElementType = 2;
        var uncountable = Tensor("w", [int.MaxValue, int.MaxValue, int.MaxValue], 1);
        foreach (var (tensor, problem) in new[]
        {
            (negative, "an axis of its shape is negative"),
            (nameless, "tensor 'number 0': it has no name"),
            (shapeless, "it does not say its shape"),
            (typed, "its element type 77 is unknown"),
            (halfTyped, "needs 8 exact bytes of Float64, it has 0"),
            (uncountable, "more elements than can be counted"),
        })
        {
            Write(tensor);
            Assert.Contains(problem, Refusal(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_EmptyFile_IsRefused()
    {
        File.WriteAllBytes(Path, []);
        Assert.Equal($"{Path}: the file holds no tensor; write the file anew.", Refusal());
    }

    private string Refusal() => Assert.Throws<ModelFileException>(() => ModelFile.Read(Path)).Message;

    private void Write(params NamedTensor[] tensors) => File.WriteAllBytes(Path, new ModelProto { Tensors = { tensors } }.ToByteArray());

    private static NamedTensor Tensor(string name, int[] shape, int elements) => new()
    {
        Name = name,
        TransformerMetadata = { new MetadataProto { IntList = { shape } } },
        DataBytes = ByteString.CopyFrom(new byte[4 * elements]),
    };
}
