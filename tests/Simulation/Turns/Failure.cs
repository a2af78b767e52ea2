namespace Actors.Simulation.Turns;

/// <summary>What an exception says.</summary>
internal enum Failure
{
    /// <summary>It may pass: the network, the disk or the other side is away.</summary>
    Unavailable,

    /// <summary>A grain's state is not what its activation took it for.</summary>
    Inconsistent,

    /// <summary>A grain did not answer in time.</summary>
    TimedOut,

    /// <summary>What was asked for is not there (any more).</summary>
    NotFound,

    /// <summary>The call was wrong as it was made.</summary>
    InvalidArgument,

    /// <summary>It is not wanted any more.</summary>
    Aborted,
}

/// <summary>Ends a turn with a failure.</summary>
internal sealed class FailureException(Failure failure) : Exception(failure.ToString())
{
    public Failure Failure { get; } = failure;
}
