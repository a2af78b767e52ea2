using Orleans.Core;

namespace Actors.Grains.Hosting.Tests;

public class PersistentStateExtensionsTests
{
    [Fact]
    public async Task SaveAsync_WritesAndKeepsTheNewState()
    {
        var storage = new Storage();
        await storage.SaveAsync("new", CancellationToken.None);
        Assert.Equal(("new", "new"), (storage.State, storage.Stored));
    }

    [Fact]
    public async Task SaveAsync_WhenTheWriteFails_HoldsWhatIsStored()
    {
        var storage = new Storage { WriteFails = true };
        await Assert.ThrowsAsync<IOException>(() => storage.SaveAsync("new", CancellationToken.None));
        Assert.Equal(("old", "old"), (storage.State, storage.Stored));
    }

    [Fact]
    public async Task SaveAsync_WhenTheWriteSucceedsButSaysItFailed_HoldsWhatIsStored()
    {
        var storage = new Storage { WriteFails = true, WritesAllTheSame = true };
        await Assert.ThrowsAsync<IOException>(() => storage.SaveAsync("new", CancellationToken.None));
        Assert.Equal(("new", "new"), (storage.State, storage.Stored));
    }

    [Fact]
    public async Task SaveAsync_WhenTheStoreIsGone_DoesNotRunAheadAndTellsOfTheWrite()
    {
        var storage = new Storage { WriteFails = true, ReadFails = true };
        var problem = await Assert.ThrowsAsync<IOException>(() => storage.SaveAsync("new", CancellationToken.None));
        Assert.Equal("no write", problem.Message);
        Assert.Equal("old", storage.State);
    }

    private sealed class Storage : IPersistentState<string>
    {
        public bool WriteFails { get; init; }

        public bool WritesAllTheSame { get; init; }

        public bool ReadFails { get; init; }

        public string Stored { get; private set; } = "old";

        public string State { get; set; } = "old";

        public string? Etag => null;

        public bool RecordExists => true;

        public Task WriteStateAsync()
        {
            Stored = WriteFails && !WritesAllTheSame ? Stored : State;
            return WriteFails ? Task.FromException(new IOException("no write")) : Task.CompletedTask;
        }

        public Task ReadStateAsync()
        {
            State = ReadFails ? State : Stored;
            return ReadFails ? Task.FromException(new IOException("no read")) : Task.CompletedTask;
        }

        public Task ClearStateAsync() => throw new NotSupportedException();
    }
}
