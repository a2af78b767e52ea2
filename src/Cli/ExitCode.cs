namespace Actors.Cli;

/// <summary>What <c>fx</c> ends with.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>It could not be done; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or the aggregator does not let this certificate in.</summary>
    public const int Refused = 2;

    /// <summary>The aggregator runs another plan or other code.</summary>
    public const int OtherPlan = 3;

    /// <summary>The workspace's own code failed.</summary>
    public const int WorkFailed = 4;

    /// <summary>Stopped by the user.</summary>
    public const int Interrupted = 130;
}
