namespace Actors.Contracts.Tensors.Tests;

public sealed class GrowingFileTests : IDisposable
{
    private const int Size = (int)GrowingFile.MarkedBytes * 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tensors-");
    private readonly SpareFiles _spares;
    private readonly byte[] _bytes = new byte[Size];

    public GrowingFileTests()
    {
        _spares = new(Path.Combine(_folder.FullName, "spare"), TimeProvider.System);
        new Random(1).NextBytes(_bytes);
    }

    private string Place => Path.Combine(_folder.FullName, "growing");

    private string Mark => Place + GrowingFile.MarkSuffix;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Size)]
    [InlineData(Size / 2)]
    [InlineData(Size * 2)]
    public void OverASpare_WhateverItsLength_HasTheNewBytesOnly(int spareLength)
    {
        AddSpare(spareLength);
        using (var file = Open())
        {
            Assert.Equal(0, file.Length);
            file.Append(_bytes.AsSpan(0, 1000));
            file.Append(new System.Buffers.ReadOnlySequence<byte>(_bytes, 1000, Size - 1000));
            Assert.Equal(TensorDigester.Of(_bytes), file.Digest());
            file.Complete(flushToDisk: true);
        }

        Assert.Equal(_bytes, File.ReadAllBytes(Place));
        Assert.False(File.Exists(Mark));
        Assert.Empty(Spares());
    }

    [Fact]
    public void OverASpare_BeforeTheFirstByte_HasNoBytes()
    {
        AddSpare(Size);
        using var file = Open();
        Assert.Equal(Size, new FileInfo(Place).Length);
        Assert.Equal(0, GrowingFile.LengthOf(Place));
    }

    [Fact]
    public void OverASpare_Disposed_EndsWhereItsBytesEnd()
    {
        AddSpare(Size);
        using (var file = Open())
        {
            file.Append(_bytes.AsSpan(0, 1000));
        }

        Assert.Equal(1000, new FileInfo(Place).Length);
        Assert.False(File.Exists(Mark));
        using var again = Open();
        Assert.Equal(TensorDigester.Of(_bytes.AsSpan(0, 1000)), again.Digest());
    }

    [Fact]
    public void OverASpare_KilledInTheMiddle_GoesOnFromItsMark()
    {
        AddSpare(Size);
        var killed = Open();
        killed.Append(_bytes.AsSpan(0, (int)GrowingFile.MarkedBytes + 5));
        killed.Append(_bytes.AsSpan((int)GrowingFile.MarkedBytes + 5, 1000));
        var mark = File.ReadAllBytes(Mark);
        killed.Dispose();

        // As the process left them that was killed: its bytes past the mark may be there or not.
        File.WriteAllBytes(Place, [.. _bytes.AsSpan(0, (int)GrowingFile.MarkedBytes + 5), .. Enumerable.Repeat((byte)7, (int)GrowingFile.MarkedBytes)]);
        File.WriteAllBytes(Mark, mark);
        Assert.Equal(GrowingFile.MarkedBytes + 5, GrowingFile.LengthOf(Place));
        using (var again = Open())
        {
            Assert.Equal(GrowingFile.MarkedBytes + 5, again.Length);
            again.Append(_bytes.AsSpan((int)again.Length));
            Assert.Equal(TensorDigester.Of(_bytes), again.Digest());
            again.Complete(flushToDisk: false);
        }

        Assert.Equal(_bytes, File.ReadAllBytes(Place));
        Assert.False(File.Exists(Mark));
    }

    [Fact]
    public void KilledBetweenMarkAndTakingOver_BeginsAnew()
    {
        File.WriteAllBytes(Place, []);
        File.WriteAllBytes(Mark, new byte[sizeof(long)]);
        using var file = Open();
        Assert.Equal(0, file.Length);
        Assert.False(File.Exists(Mark));
    }

    [Fact]
    public void WithoutALength_TakesNoSpare()
    {
        AddSpare(Size);
        using var file = new GrowingFile(Place, byteLength: 0, _spares);
        Assert.Single(Spares());
        Assert.Equal(0, new FileInfo(Place).Length);
    }

    [Fact]
    public void WithBytesAlready_TakesNoSpare()
    {
        File.WriteAllBytes(Place, [1, 2, 3]);
        AddSpare(Size);
        using var file = Open();
        Assert.Equal(3, file.Length);
        Assert.Single(Spares());
    }

    [Fact]
    public void OpenElsewhere_IsRefused_AndLeavesTheOtherAlone()
    {
        AddSpare(Size);
        using var file = Open();
        file.Append(_bytes.AsSpan(0, 10));
        Assert.Throws<IOException>(() => Open());
        Assert.True(File.Exists(Mark));
        Assert.Equal(10, file.Length);
    }

    [Fact]
    public void Anew_DropsWhatIsThere()
    {
        File.WriteAllBytes(Place, [1, 2, 3]);
        using var file = new GrowingFile(Place, byteLength: 0, _spares, anew: true);
        Assert.Equal(0, file.Length);
        Assert.Equal(TensorDigester.Of([]), file.Digest());
    }

    [Fact]
    public void Clear_OverASpare_LeavesNeitherOldNorNewBytes()
    {
        AddSpare(Size);
        using var file = Open();
        file.Append(_bytes.AsSpan(0, 10));
        file.Clear();
        Assert.Equal(0, file.Length);
        Assert.Equal(0, GrowingFile.LengthOf(Place));
        Assert.False(File.Exists(Mark));
        file.Append(_bytes.AsSpan(0, 3));
        file.Complete(flushToDisk: false);
        Assert.Equal(3, new FileInfo(Place).Length);
    }

    [Fact]
    public void Delete_OverASpare_LeavesNothing()
    {
        AddSpare(Size);
        var file = Open();
        file.Append(_bytes.AsSpan(0, 10));
        file.Delete();
        Assert.Empty(Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories));
    }

    private GrowingFile Open() => new(Place, Size, _spares);

    private void AddSpare(int length)
    {
        var path = Path.Combine(_folder.FullName, "old");
        File.WriteAllBytes(path, [.. Enumerable.Repeat((byte)7, length)]);
        _spares.Add(path);
    }

    private string[] Spares() => Directory.GetFiles(Path.Combine(_folder.FullName, "spare"));
}
