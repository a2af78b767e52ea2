using System.Text;

using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors.Tests;

public sealed class FileTensorStoreTests : IDisposable
{
    private static readonly TensorScope Updates = TensorScope.Updates(Given.Round(3));
    private static readonly byte[] Whole = Encoding.ASCII.GetBytes("the quick brown fox jumps over the lazy dog");
    private static readonly TensorDigest Digest = TensorDigester.Of(Whole);

    private readonly string _root = Directory.CreateTempSubdirectory("tensors-").FullName;
    private readonly FileTensorStore _store;

    public FileTensorStoreTests() => _store = new(_root, Durability.ProcessCrash);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Commit_MakesTheBytesReadableUnderTheirDigest()
    {
        Assert.Equal(Digest, Put(_store, Updates, "alice", Whole));
        Assert.True(_store.Contains(Updates, Digest));
        Assert.Equal(Whole, Read(_store, Updates));
        Assert.Equal([Digest], _store.List(Updates));
        Assert.Equal(0, _store.StagedBytes(Updates, "alice", Digest));
    }

    [Fact]
    public async Task TryOpen_WhileTheStageStillHoldsItsLock_WaitsForIt()
    {
        Put(_store, Updates, "alice", Whole);
        var path = Directory.EnumerateFiles(_root, Digest.ToString(), SearchOption.AllDirectories).Single();
        var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var reading = Task.Run(() => Read(_store, Updates), TestContext.Current.CancellationToken);

        await held.DisposeAsync();

        Assert.Equal(Whole, await reading);
    }

    [Fact]
    public void BeforeTheCommit_NothingIsReadable()
    {
        using var stage = _store.OpenStage(Updates, "alice", Digest);
        stage.Append(Whole);
        Assert.False(_store.Contains(Updates, Digest));
        Assert.Null(_store.TryOpen(Updates, Digest));
        Assert.Empty(_store.List(Updates));
    }

    [Fact]
    public void OpenStage_AfterABrokenStream_GoesOnAndDigestsAllBytes()
    {
        using (var first = _store.OpenStage(Updates, "alice", Digest))
        {
            first.Append(Whole.AsSpan(0, 10));
        }

        var reopened = new FileTensorStore(_root, Durability.ProcessCrash);
        Assert.Equal(10, reopened.StagedBytes(Updates, "alice", Digest));
        using var second = reopened.OpenStage(Updates, "alice", Digest);
        Assert.Equal(10, second.Length);
        Assert.Equal(TensorDigester.Of(Whole.AsSpan(0, 10)), second.Digest());
        second.Append(Whole.AsSpan(10));
        Assert.Equal(Digest, second.Commit());
        Assert.Equal(Whole, Read(reopened, Updates));
    }

    [Fact]
    public void OpenStage_OfMoreThanOneReread_DigestsAllBytes()
    {
        var bytes = new byte[(3 << 20) + 17];
        new Random(1).NextBytes(bytes);
        using (var first = _store.OpenStage(Updates, "alice", Digest))
        {
            first.Append(bytes);
        }

        using var second = _store.OpenStage(Updates, "alice", Digest);
        Assert.Equal(TensorDigester.Of(bytes), second.Digest());
    }

    [Fact]
    public void OpenStage_WhileItIsOpen_IsRefused()
    {
        using var first = _store.OpenStage(Updates, "alice", Digest);
        Assert.Throws<TensorStoreException>(() => _store.OpenStage(Updates, "alice", Digest));
        using var others = _store.OpenStage(Updates, "bob", Digest);
        Assert.Equal(0, others.Length);
    }

    [Fact]
    public void CreateStage_DropsWhatAnEarlierOneLeft()
    {
        using (var first = _store.CreateStage(Updates, "train.model"))
        {
            first.Append(Whole);
        }

        using var second = _store.CreateStage(Updates, "train.model");
        Assert.Equal(0, second.Length);
        Assert.Equal(TensorDigester.Of([]), second.Digest());
    }

    [Fact]
    public void Abandon_LeavesNothing()
    {
        var stage = _store.OpenStage(Updates, "alice", Digest);
        stage.Append(Whole);
        stage.Abandon();
        Assert.Equal(0, _store.StagedBytes(Updates, "alice", Digest));
        Assert.False(_store.Contains(Updates, Digest));
    }

    [Fact]
    public void Commit_OfEqualBytesByTwo_LeavesThemWhole()
    {
        Put(_store, Updates, "alice", Whole);
        using var reader = _store.TryOpen(Updates, Digest)!;
        Put(_store, Updates, "bob", Whole);
        Assert.Equal(Whole, Read(_store, Updates));
        var byTheFirst = new byte[Whole.Length];
        reader.Read(0, byTheFirst);
        Assert.Equal(Whole, byTheFirst);
    }

    [Fact]
    public void Commit_OfEqualBytesByManyAtOnce_LeavesThemWhole()
    {
        Parallel.For(0, 32, i => Put(_store, Updates, $"c{i}", Whole));
        Assert.Equal([Digest], _store.List(Updates));
        Assert.Equal(Whole, Read(_store, Updates));
    }

    [Fact]
    public void Read_PastTheEnd_SaysWhatIsGone()
    {
        Put(_store, Updates, "alice", Whole);
        using var reader = _store.TryOpen(Updates, Digest)!;
        Assert.Equal(Whole.Length, reader.Length);
        var problem = Assert.Throws<TensorStoreException>(() => reader.Read(40, new byte[10]));
        Assert.EndsWith("ends at byte 43; the bytes after it are gone. Restore the store's folder from a backup.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scopes_DoNotSeeEachOther()
    {
        Put(_store, Updates, "alice", Whole);
        Assert.False(_store.Contains(TensorScope.Models(Given.Experiment), Digest));
        Assert.False(_store.Contains(TensorScope.Updates(Given.Round(4)), Digest));
    }

    [Fact]
    public void Delete_IsRepeatableAndLeavesOpenReadersAlone()
    {
        _store.Delete(Updates, Digest);
        Put(_store, Updates, "alice", Whole);
        using var reader = _store.TryOpen(Updates, Digest)!;
        _store.Delete(Updates, Digest);
        _store.Delete(Updates, Digest);
        Assert.False(_store.Contains(Updates, Digest));
        reader.Read(0, new byte[Whole.Length]);
    }

    [Fact]
    public void DeleteRoundsBefore_KeepsThatRoundLaterOnesAndTheModels()
    {
        foreach (var round in new[] { 2, 9, 10, 11 })
        {
            Put(_store, TensorScope.Updates(Given.Round(round)), "alice", Whole);
        }

        Put(_store, TensorScope.Models(Given.Experiment), "train", Whole);
        _store.DeleteRoundsBefore(Given.Round(10));
        Assert.Equal(
            [false, false, true, true],
            new[] { 2, 9, 10, 11 }.Select(round => _store.Contains(TensorScope.Updates(Given.Round(round)), Digest)));
        Assert.True(_store.Contains(TensorScope.Models(Given.Experiment), Digest));
    }

    [Fact]
    public void OpenStage_OverAnUpdateOfARoundThatIsOver_HasTheNewBytesOnly()
    {
        var (old, bytes) = (new byte[3 << 20], new byte[2 << 20]);
        new Random(1).NextBytes(old);
        new Random(2).NextBytes(bytes);
        var oldDigest = Put(_store, Updates, "alice", old);
        _store.DeleteRoundsBefore(Given.Round(4));
        Assert.False(_store.Contains(Updates, oldDigest));

        var next = TensorScope.Updates(Given.Round(4));
        var digest = TensorDigester.Of(bytes);
        using (var stage = _store.OpenStage(next, "bob", digest, bytes.Length))
        {
            stage.Append(bytes.AsSpan(0, 1 << 20));
            Assert.Equal(1 << 20, stage.Length);
        }

        Assert.Equal(1 << 20, _store.StagedBytes(next, "bob", digest));
        using (var stage = _store.OpenStage(next, "bob", digest, bytes.Length))
        {
            stage.Append(bytes.AsSpan(1 << 20));
            Assert.Equal(digest, stage.Commit());
        }

        using var reader = _store.TryOpen(next, digest)!;
        var read = new byte[reader.Length];
        reader.Read(0, read);
        Assert.Equal(bytes, read);
        Assert.Equal([digest.ToString()], Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public void DeleteRoundsBefore_WithoutAFolder_DoesNothing() => _store.DeleteRoundsBefore(Given.Round(10));

    [Fact]
    public void PutManifest_Twice_KeepsOne()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(2))]);
        Assert.Null(_store.FindManifest(Given.Experiment, manifest.Hash));
        _store.PutManifest(Given.Experiment, manifest);
        _store.PutManifest(Given.Experiment, manifest);
        Assert.Equal(manifest.Tensors, _store.FindManifest(Given.Experiment, manifest.Hash)!.Tensors);
        Assert.Single(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void PowerLoss_KeepsTheSameBytes()
    {
        var careful = new FileTensorStore(_root, Durability.PowerLoss);
        careful.PutManifest(Given.Experiment, new([new("w", ElementType.Float32, new(2))]));
        Assert.Equal(Digest, Put(careful, Updates, "alice", Whole));
        Assert.Equal(Whole, Read(_store, Updates));
    }

    [Fact]
    public void ADiskThatRefuses_IsATensorStoreExceptionThatSaysWhere()
    {
        var file = Path.Combine(_root, "not-a-folder");
        File.WriteAllText(file, "");
        var store = new FileTensorStore(file, Durability.ProcessCrash);
        foreach (var write in new Action[]
        {
            () => store.OpenStage(Updates, "alice", Digest),
            () => store.CreateStage(Updates, "train.model"),
            () => store.PutManifest(Given.Experiment, new([new("w", ElementType.Float32, new(2))])),
        })
        {
            var problem = Assert.Throws<TensorStoreException>(write);
            Assert.StartsWith($"The tensor store cannot write {file}", problem.Message, StringComparison.Ordinal);
            Assert.EndsWith("Free space or mend the disk; nothing was accepted.", problem.Message, StringComparison.Ordinal);
        }

        Assert.False(store.Contains(Updates, Digest));
        Assert.Null(store.TryOpen(Updates, Digest));
    }

    [Fact]
    public void Commit_ThatTheDiskRefuses_KeepsTheStage()
    {
        // The place of the bytes is taken by a folder, so the rename fails.
        var place = Path.Combine(_root, "clinics", "tumours", "round-3", Digest.ToString());
        Directory.CreateDirectory(Path.Combine(place, "full"));
        using (var stage = _store.OpenStage(Updates, "alice", Digest))
        {
            stage.Append(Whole);
            Assert.Throws<TensorStoreException>(() => stage.Commit());
        }

        Directory.Delete(place, recursive: true);
        using var again = _store.OpenStage(Updates, "alice", Digest);
        Assert.Equal(Whole.Length, again.Length);
        Assert.Equal(Digest, again.Commit());
    }

    [Fact]
    public void PutManifest_ThatTheDiskRefuses_LeavesNoScraps()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(2))]);
        Directory.CreateDirectory(Path.Combine(_root, "clinics", "tumours", "manifests", manifest.Hash.ToString(), "full"));
        Assert.Throws<TensorStoreException>(() => _store.PutManifest(Given.Experiment, manifest));
        Assert.Empty(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories));
    }

    private static TensorDigest Put(FileTensorStore store, TensorScope scope, string owner, byte[] bytes)
    {
        using var stage = store.OpenStage(scope, owner, TensorDigester.Of(bytes));
        stage.Append(bytes);
        return stage.Commit();
    }

    private static byte[] Read(FileTensorStore store, TensorScope scope)
    {
        using var reader = store.TryOpen(scope, Digest)!;
        var bytes = new byte[reader.Length];
        reader.Read(0, bytes);
        return bytes;
    }
}
