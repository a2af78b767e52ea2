namespace Actors.Simulation.Silo;

/// <summary>A door broken on purpose, to see that the simulator notices.</summary>
internal enum Mutation
{
    /// <summary>None is.</summary>
    None,

    /// <summary>A collaborator's door answers before its write is done.</summary>
    AcknowledgeBeforePersist,

    /// <summary>A task aggregates one update twice.</summary>
    CountTwice,

    /// <summary>A round does not ask for what was accepted before it was activated.</summary>
    ForgetToGather,

    /// <summary>The store deletes the running round's updates when its tensors are published again.</summary>
    DeleteTooEarly,

    /// <summary>A round closes with the first complete collaborator.</summary>
    CloseBelowMinimum,

    /// <summary>A result is acknowledged although its round is closed without it.</summary>
    AcknowledgeClosedRound,
}
