namespace Actors.Grains.Hosting;

/// <summary>Persistence as every grain uses it.</summary>
internal static class PersistentStateExtensions
{
    /// <summary>
    /// Writes a grain's new state; when the write fails, reads what is stored and rethrows, so that memory never runs ahead of
    /// the store.
    /// </summary>
    public static async Task SaveAsync<TState>(
        this IPersistentState<TState> storage, TState state, CancellationToken cancellationToken)
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
            try
            {
                await storage.ReadStateAsync(CancellationToken.None);
            }
            catch (Exception)
            {
                // The store is away altogether; the failed write is what the caller has to know of.
            }

            throw;
        }
    }
}
