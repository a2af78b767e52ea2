using System.Reflection;

using Orleans.Core;

namespace Actors.Grains.Hosting.Tests;

public class PersistentStateExtensionsTests
{
    private readonly Activation _grain = new();

    [Fact]
    public async Task SaveAsync_WritesAndKeepsTheNewState()
    {
        var storage = new Storage();
        await storage.SaveAsync(_grain, "new", CancellationToken.None);
        Assert.Equal(("new", "new"), (storage.State, storage.Stored));
    }

    [Fact]
    public async Task SaveAsync_WhenTheWriteFails_HoldsWhatIsStored()
    {
        var storage = new Storage { WriteFails = true };
        await Assert.ThrowsAsync<IOException>(() => storage.SaveAsync(_grain, "new", CancellationToken.None));
        Assert.Equal(("old", "old"), (storage.State, storage.Stored));
    }

    [Fact]
    public async Task SaveAsync_WhenTheWriteSucceedsButSaysItFailed_HoldsWhatIsStored()
    {
        var storage = new Storage { WriteFails = true, WritesAllTheSame = true };
        await Assert.ThrowsAsync<IOException>(() => storage.SaveAsync(_grain, "new", CancellationToken.None));
        Assert.Equal(("new", "new"), (storage.State, storage.Stored));
        Assert.False(_grain.IsEnding);
    }

    [Fact]
    public async Task SaveAsync_WhenTheStoreIsGone_DoesNotRunAheadAndTellsOfTheWrite()
    {
        var storage = new Storage { WriteFails = true, ReadFails = true };
        var problem = await Assert.ThrowsAsync<IOException>(() => storage.SaveAsync(_grain, "new", CancellationToken.None));
        Assert.Equal("no write", problem.Message);
        Assert.Equal("old", storage.State);
    }

    [Fact]
    public async Task SaveAsync_WhenWhatIsStoredIsNotKnown_EndsTheActivation()
    {
        var storage = new Storage { WriteFails = true, WritesAllTheSame = true, ReadFails = true };
        await Assert.ThrowsAsync<IOException>(() => storage.SaveAsync(_grain, "new", CancellationToken.None));
        Assert.True(_grain.IsEnding);
    }

    private sealed class Activation : IGrainBase
    {
        private readonly IGrainContext _context = DispatchProxy.Create<IGrainContext, Context>();

        public IGrainContext GrainContext => _context;

        public bool IsEnding => ((Context)_context).IsEnding;
    }

#pragma warning disable CA1852 // The proxy derives from it.
    private class Context : DispatchProxy
#pragma warning restore CA1852
    {
        public bool IsEnding { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            IsEnding |= targetMethod?.Name == nameof(IGrainContext.Deactivate);
            return null;
        }
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
