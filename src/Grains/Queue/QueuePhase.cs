namespace Actors.Grains.Queue;

/// <summary>Where an experiment is in the queue. The numbers are persisted: add, never change.</summary>
public enum QueuePhase
{
    /// <summary>It waits for the hosts' answers or for its turn.</summary>
    Waiting = 0,

    /// <summary>It has been started; its grain says how it goes on.</summary>
    Started = 1,

    /// <summary>It is over.</summary>
    Ended = 2,
}
