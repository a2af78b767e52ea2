using System.Buffers.Binary;
using System.Text;

using Actors.Contracts.Tensors;

using FsCheck.Xunit;

namespace Actors.Contracts.Models.Tests;

[Properties(Arbitrary = [typeof(TestModels)], MaxTest = 50)]
public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Property]
    public bool Read_OfWrite_HasTheSameManifestAndBytes(MemoryTensorBytes model)
    {
        SafetensorsFile.Write(Path, model);
        using var read = SafetensorsFile.Read(Path);
        return read.Manifest.Hash == model.Manifest.Hash && read.All().AsSpan().SequenceEqual(model.All()) && read.Metadata.Count == 0;
    }

    [Fact]
    public void Write_HasTheFormatsBytes()
    {
        SafetensorsFile.Write(Path, TestModels.Float32(("w", [1, 2], [1, 2])), new Dictionary<string, string> { ["round"] = "3" });
        var bytes = File.ReadAllBytes(Path);
        const string Header = """{"__metadata__":{"round":"3"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""";
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        Assert.Equal(Header, Encoding.UTF8.GetString(bytes.AsSpan(8, bytes.Length - 16)).TrimEnd(' '));
        Assert.Equal("0000803f00000040", Convert.ToHexStringLower(bytes.AsSpan(bytes.Length - 8)));
    }

    [Fact]
    public void Write_SmallElementsFirstInTheModel_LieLastInTheFile()
    {
        ModelManifest manifest = new([new("flag", ElementType.Boolean, new(1)), new("w", ElementType.Float64, new(1))]);
        SafetensorsFile.Write(Path, new MemoryTensorBytes(manifest, new byte[16]));
        Assert.Contains("\"flag\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[8,9]}", File.ReadAllText(Path), StringComparison.Ordinal);
        using var read = SafetensorsFile.Read(Path);
        Assert.Equal(manifest.Hash, read.Manifest.Hash);
    }

    [Fact]
    public void Read_Metadata_IsKept()
    {
        SafetensorsFile.Write(Path, TestModels.Float32(("w", [1], [1])), new Dictionary<string, string> { ["format"] = "pt" });
        using var read = SafetensorsFile.Read(Path);
        Assert.Equal("pt", read.Metadata["format"]);
    }

    [Fact]
    public void Write_NameTheFormatKeepsForItself_IsRefused()
    {
        var refused = Assert.Throws<ModelFileException>(() => SafetensorsFile.Write(Path, TestModels.Float32(("__metadata__", [1], [1]))));
        Assert.Equal("__metadata__", refused.Tensor);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "the header names 4 bytes of values, the file has 3")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "the header names 4 bytes of values, the file has 5")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes, its offsets are 0 and 4")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "its values start at 4, expected 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "start at 0, expected 4")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "Two tensors are called 'w'")]
    [InlineData("""{"w":{"dtype":"F8","shape":[4],"data_offsets":[0,4]}}""", 4, "its element type F8 is none of BF16, BOOL,")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "needs dtype, shape and two data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1]}}""", 4, "needs dtype, shape and two data_offsets")]
    [InlineData("""{"w":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "the header is not that of a safetensors file")]
    [InlineData("""{"w":3}""", 0, "the header is not that of a safetensors file")]
    [InlineData("[]", 0, "the header is not that of a safetensors file")]
    [InlineData("{}", 0, "the header is not that of a safetensors file")]
    [InlineData("{", 0, "the header is not that of a safetensors file")]
    public void Read_HeaderThatDoesNotFit_IsRefused(string header, int dataBytes, string problem)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        File.WriteAllBytes(Path, [.. prefix, .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]]);
        var refused = Assert.Throws<ModelFileException>(() => SafetensorsFile.Read(Path));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith(Path, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("ffffffffffffffff")]
    [InlineData("09000000000000007b7d")]
    public void Read_HeaderLongerThanTheFile_IsRefused(string bytes)
    {
        File.WriteAllBytes(Path, Convert.FromHexString(bytes));
        Assert.Throws<ModelFileException>(() => SafetensorsFile.Read(Path));
    }
}
