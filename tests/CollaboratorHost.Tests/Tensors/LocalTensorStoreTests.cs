using Actors.Contracts.Tensors;

namespace Actors.CollaboratorHost.Tensors.Tests;

public sealed class LocalTensorStoreTests : IDisposable
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
    private static readonly TensorDigest Digest = TensorDigester.Of(Bytes);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Partial_Complete_AppearsUnderItsDigest()
    {
        var store = Open();
        using var partial = store.OpenPartial(Digest, 100);
        partial.Append(Bytes.AsSpan(0, 60));
        Assert.False(store.Holds(Digest, 100));
        partial.Append(Bytes.AsSpan(60));

        Assert.True(partial.Complete());

        Assert.True(store.Holds(Digest, 100));
        Assert.Equal(Bytes, File.ReadAllBytes(store.PathOf(Digest)));
    }

    [Fact]
    public void Partial_OpenedAgain_GoesOnWhereItEnded()
    {
        using (var partial = Open().OpenPartial(Digest, 100))
        {
            partial.Append(Bytes.AsSpan(0, 60));
        }

        using var again = Open().OpenPartial(Digest, 100);

        Assert.Equal(60, again.Length);
    }

    [Fact]
    public void Partial_WrongDigest_IsDroppedWhole()
    {
        var store = Open();
        using var partial = store.OpenPartial(Digest, 100);
        partial.Append(new byte[100]);

        Assert.False(partial.Complete());

        Assert.Equal(0, partial.Length);
        Assert.False(store.Holds(Digest, 100));
    }

    [Fact]
    public void Append_MoreThanThereShouldBe_Throws()
    {
        using var partial = Open().OpenPartial(Digest, 100);

        Assert.Throws<ArgumentOutOfRangeException>(() => partial.Append(new byte[101]));
    }

    [Fact]
    public void OpenPartial_LongerThanTheBytes_StartsOver()
    {
        File.WriteAllBytes(Open().PathOf(Digest) + ".partial", new byte[101]);

        using var partial = Open().OpenPartial(Digest, 100);

        Assert.Equal(0, partial.Length);
    }

    [Fact]
    public void Holds_OtherLength_IsFalse()
    {
        var store = Adopted();

        Assert.False(store.Holds(Digest, 99));
    }

    [Fact]
    public async Task Verify_Intact_Stays() => Assert.True(await Adopted().VerifyAsync(Digest, CancellationToken.None));

    [Fact]
    public async Task Verify_Damaged_IsRemoved()
    {
        var store = Adopted();
        File.WriteAllBytes(store.PathOf(Digest), new byte[100]);

        Assert.False(await store.VerifyAsync(Digest, CancellationToken.None));
        Assert.False(store.Holds(Digest, 100));
    }

    [Fact]
    public async Task Verify_Absent_IsFalse() => Assert.False(await Open().VerifyAsync(Digest, CancellationToken.None));

    [Fact]
    public void KeepOnly_RemovesAllElse_AndSparesAWantedDownload()
    {
        var store = Adopted();
        var (arriving, old) = (TensorDigester.Of([1]), TensorDigester.Of([2]));
        File.WriteAllBytes(store.PathOf(arriving) + ".partial", [1]);
        File.WriteAllBytes(store.PathOf(arriving) + ".partial.mark", [1]);
        File.WriteAllBytes(store.PathOf(old), [2]);
        File.WriteAllBytes(store.PathOf(old) + ".partial", [2]);
        File.WriteAllBytes(store.PathOf(old) + ".partial.mark", [2]);
        File.WriteAllBytes(store.ScratchPath, [3]);

        store.KeepOnly(new HashSet<TensorDigest> { Digest, arriving });

        Assert.Equal(
            new[] { $"{Digest}", $"{arriving}.partial", $"{arriving}.partial.mark" }.Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private LocalTensorStore Open() => new(_folder.Path);

    private LocalTensorStore Adopted()
    {
        var store = Open();
        File.WriteAllBytes(store.ScratchPath, Bytes);
        store.Adopt(Digest);
        return store;
    }
}
