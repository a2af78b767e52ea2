namespace Actors.Grains.Queue;

/// <summary>Is told when something in a federation's queue has changed: held calls of hosts are released by this one message.</summary>
[Alias("queue-observer")]
public interface IQueueObserver : IGrainObserver
{
    /// <summary>An experiment came, was answered, started or ended. Messages may be lost; ask now and then all the same.</summary>
    [Alias("queue-changed")]
    Task ChangedAsync();
}
