namespace Actors.Experiments.Running;

/// <summary>
/// The turn to use libtorch's generator, of which a process has one: who seeds it and then draws from it holds the turn meanwhile, so
/// that collaborators in one process draw the numbers that each would in a process of its own.
/// </summary>
internal static class TorchTurn
{
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Does something in turn.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> use, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        try
        {
            return await use();
        }
        finally
        {
            Turn.Release();
        }
    }
}
