namespace Actors.CollaboratorHost;

/// <summary>What a collaborator process says to whoever started it.</summary>
public static class ExitCodes
{
    /// <summary>The experiment ended, or the aggregator told this collaborator to stop; the log says which.</summary>
    public const int Ended = 0;

    /// <summary>The gateway refused a call in a way that trying again does not change.</summary>
    public const int GatewayRefused = 2;

    /// <summary>The aggregator refused to let this collaborator join: another plan, other code or another version.</summary>
    public const int JoinRefused = 3;

    /// <summary>The work cannot be done here: a task failed again and again, or the agreed model is not the runner's.</summary>
    public const int WorkFailed = 4;

    /// <summary>The process was told to end, by Ctrl+C or a signal.</summary>
    public const int Interrupted = 130;
}
