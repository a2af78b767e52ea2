namespace Actors.Grains.Stragglers;

/// <summary>What a round does next, and if it waits, when to ask again.</summary>
/// <param name="Step">What it does.</param>
/// <param name="AskAgainAfter">When not null, the elapsed time of the round at which the answer may change without a report.</param>
public readonly record struct RoundDecision(RoundStep Step, TimeSpan? AskAgainAfter)
{
    /// <summary>Close now.</summary>
    public static RoundDecision CloseNow { get; } = new(RoundStep.Close, null);

    /// <summary>Wait for a report.</summary>
    public static RoundDecision Wait { get; } = new(RoundStep.Wait, null);

    /// <summary>The deadline has passed with too few: start its time anew.</summary>
    public static RoundDecision Retry { get; } = new(RoundStep.Retry, null);

    /// <summary>Whether the round closes with those who are complete.</summary>
    public bool Close => Step == RoundStep.Close;

    /// <summary>Wait for a report or until the round has lasted this long.</summary>
    public static RoundDecision WaitUntil(TimeSpan elapsed) => new(RoundStep.Wait, elapsed);

    /// <summary>Wait until a deadline; then close with at least a minimum, or try again.</summary>
    public static RoundDecision AtDeadline(TimeSpan deadline, RoundProgress progress, int minimum) =>
        progress.Elapsed < deadline ? WaitUntil(deadline) : progress.Complete >= minimum ? CloseNow : Retry;
}

/// <summary>What a round does next.</summary>
public enum RoundStep
{
    /// <summary>It goes on.</summary>
    Wait,

    /// <summary>It closes with those who are complete.</summary>
    Close,

    /// <summary>Its time starts anew, for those who are missing.</summary>
    Retry,
}
