using System.IO.Compression;

using UnetSegmentation;

namespace Actors.Learning.Plans.Tests.Unet;

public sealed class NiftiFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nifti-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Two values of each type: 1 and the least or greatest, little-endian.
    public static TheoryData<short, byte[], float[]> Types => new()
    {
        { 2, [1, 255], [1, 255] },
        { 256, [1, 255], [1, -1] },
        { 4, [1, 0, 0, 128], [1, -32768] },
        { 512, [1, 0, 0, 128], [1, 32768] },
        { 8, [1, 0, 0, 0, 0, 0, 0, 128], [1, int.MinValue] },
        { 768, [1, 0, 0, 0, 0, 0, 0, 128], [1, 2147483648f] },
        { 16, [0, 0, 128, 63, 0, 0, 0, 191], [1, -0.5f] },
        { 64, [0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 224, 191], [1, -0.5f] },
        { 1024, [1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], [1, -1] },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_EachType_InBothByteOrders(short datatype, byte[] little, float[] values)
    {
        byte[] big = [.. little.Chunk(little.Length / 2).SelectMany(element => element.Reverse())];
        var file = new NiftiBytes { Axes = [2, 1, 1], Datatype = datatype };

        Assert.Equal(values, NiftiFile.Read(Save(file.With(little))).Values);
        Assert.Equal(values, NiftiFile.Read(Save((file with { BigEndian = true }).With(big))).Values);
    }

    [Fact]
    public void Read_TheFirstAxisVariesFastest_AndIsTheWidth()
    {
        var read = NiftiFile.Read(Save(new NiftiBytes { Axes = [3, 2, 1, 1] }.With(1, 2, 3, 4, 5, 6)));

        Assert.Equal((1, 2, 3), (read.Depth, read.Height, read.Width));
        Assert.Equal([1, 2, 3, 4, 5, 6], read.Values);
    }

    [Theory]
    [InlineData(2f, 3f, 5f)]
    [InlineData(0f, 3f, 1f)]
    public void Read_ScalesUnlessTheSlopeIsZero(float slope, float intercept, float expected) => Assert.Equal(
        expected, NiftiFile.Read(Save(new NiftiBytes { Axes = [1, 1, 1], Slope = slope, Intercept = intercept }.With(1))).Values[0]);

    [Fact]
    public void Read_ACompressedFileWithExtensions_SkipsThem()
    {
        var path = Path.Combine(_folder, "x.nii.gz");
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            packed.Write(new NiftiBytes { Axes = [2, 1, 1], Offset = 400 }.With(7, 8));
        }

        Assert.Equal([7, 8], NiftiFile.Read(path).Values);
    }

    [Theory]
    [InlineData("short", "it ends before its last voxel; copy it again.")]
    [InlineData("other", "it is no NIfTI-1 file with its values inside (n+1); convert it to .nii or .nii.gz.")]
    [InlineData("complex", "its datatype is 32; convert it to whole numbers of 8 to 64 bits or to floats (codes 2, 4, 8, 16, 64, 256, 512, 768, 1024).")]
    [InlineData("series", "its size is 3 x 2 x 1 x 5 x 1 x 1 x 1; take a file of one volume with three axes.")]
    [InlineData("empty", "its size is 3 x 0 x 1 x 1 x 1 x 1 x 1; take a file of one volume with three axes.")]
    [InlineData("offset", "its values begin at byte 100 (vox_offset); that is inside the header or beyond any file.")]
    public void Read_WhatCannotBeUsed_IsNamedWithTheRemedy(string what, string sentence)
    {
        var path = Save(what switch
        {
            "short" => new NiftiBytes().With(1, 2, 3, 4, 5),
            "other" => new byte[400],
            "complex" => new NiftiBytes { Datatype = 32 }.With(),
            "series" => new NiftiBytes { Axes = [3, 2, 1, 5] }.With(),
            "empty" => new NiftiBytes { Axes = [3, 0, 1] }.With(),
            _ => new NiftiBytes { Offset = 100 }.With(),
        });

        Assert.Equal($"{path} cannot be used: {sentence}", Assert.Throws<InvalidDataException>(() => NiftiFile.Read(path)).Message);
    }

    private string Save(byte[] bytes)
    {
        var path = Path.Combine(_folder, "x.nii");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
