using Microsoft.Extensions.Time.Testing;

namespace Actors.Contracts.Tensors.Tests;

public sealed class SpareFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tensors-");
    private readonly FakeTimeProvider _clock = new();

    private string Kept => Path.Combine(_folder.FullName, "spare");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Add_Large_LeavesItsPlaceAndIsKept()
    {
        var spares = new SpareFiles(Kept, _clock);
        var path = Written("a", SpareFiles.LeastBytes);
        spares.Add(path);
        Assert.False(File.Exists(path));
        using var taken = spares.TryTake(out var where);
        Assert.Equal(SpareFiles.LeastBytes, RandomAccess.GetLength(taken!));
        Assert.Equal(Kept, Path.GetDirectoryName(where));
        Assert.Null(spares.TryTake(out _));
    }

    [Fact]
    public void Add_Small_IsDeleted()
    {
        var spares = new SpareFiles(Kept, _clock);
        spares.Add(Written("a", SpareFiles.LeastBytes - 1));
        Assert.Empty(Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories));
        Assert.Null(spares.TryTake(out _));
    }

    [Fact]
    public void Add_WhatIsGoneAlready_DoesNothing()
    {
        var spares = new SpareFiles(Kept, _clock);
        spares.Add(Path.Combine(_folder.FullName, "gone"));
        Assert.Null(spares.TryTake(out _));
    }

    [Fact]
    public void AMinuteAfterTheLastOneCame_TheyAreDeleted()
    {
        var spares = new SpareFiles(Kept, _clock);
        spares.Add(Written("a", SpareFiles.LeastBytes));
        _clock.Advance(SpareFiles.LongestKept / 2);
        spares.Add(Written("b", SpareFiles.LeastBytes));
        _clock.Advance(SpareFiles.LongestKept * 0.9);
        Assert.Equal(2, Directory.GetFiles(Kept).Length);
        _clock.Advance(SpareFiles.LongestKept * 0.2);
        Assert.Empty(Directory.GetFiles(Kept));
    }

    [Fact]
    public void WhatAnotherProcessLeft_IsDeleted()
    {
        new SpareFiles(Kept, _clock).Add(Written("a", SpareFiles.LeastBytes));
        _ = new SpareFiles(Kept, _clock);
        Assert.False(Directory.Exists(Kept));
    }

    [Fact]
    public void TryTake_WhatIsOpenStill_IsNotGivenAway()
    {
        var spares = new SpareFiles(Kept, _clock);
        spares.Add(Written("a", SpareFiles.LeastBytes));
        using var reader = new FileStream(Directory.GetFiles(Kept).Single(), FileMode.Open, FileAccess.Read, FileShare.Read);
        Assert.Null(spares.TryTake(out _));
        Assert.Empty(Directory.GetFiles(Kept));
    }

    private string Written(string name, long length)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, new byte[length]);
        return path;
    }
}
