using Orleans.Core;

namespace Actors.Grains.Hosting;

/// <summary>Persistence as every grain uses it.</summary>
internal static class PersistentStateExtensions
{
    /// <summary>
    /// Writes a grain's new state; when the write fails, reads what is stored and rethrows: memory never runs ahead of the store,
    /// nor stays behind a write whose answer was lost.
    /// </summary>
    public static async Task SaveAsync<TState>(
        this IStorage<TState> storage, IGrainBase grain, TState state, CancellationToken cancellationToken)
    {
        var before = storage.State;
        storage.State = state;
        try
        {
            await storage.WriteStateAsync(cancellationToken);
        }
        catch
        {
            storage.State = before;
            await storage.ReadBackAsync(grain);
            throw;
        }
    }

    /// <summary>Clears a grain's state; when that fails, reads what is stored and rethrows, as <see cref="SaveAsync"/> does.</summary>
    public static async Task ClearAsync<TState>(
        this IPersistentState<TState> storage, IGrainBase grain, CancellationToken cancellationToken)
        where TState : new()
    {
        await storage.DeleteAsync(grain, cancellationToken);
        storage.State = new();
    }

    /// <summary>As <see cref="ClearAsync"/>, for a state that is not used any more.</summary>
    public static async Task DeleteAsync<TState>(this IStorage<TState> storage, IGrainBase grain, CancellationToken cancellationToken)
    {
        try
        {
            await storage.ClearStateAsync(cancellationToken);
        }
        catch
        {
            await storage.ReadBackAsync(grain);
            throw;
        }
    }

    private static async Task ReadBackAsync<TState>(this IStorage<TState> storage, IGrainBase grain)
    {
        try
        {
            await storage.ReadStateAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // The store is away altogether, and what it holds is not known: the next activation reads it.
            grain.DeactivateOnIdle();
        }
    }
}
