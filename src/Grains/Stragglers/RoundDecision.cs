namespace Actors.Grains.Stragglers;

/// <summary>Whether a round closes now, and if not, when to ask again.</summary>
/// <param name="Close">The round closes with those who are complete.</param>
/// <param name="AskAgainAfter">When not null, the elapsed time of the round at which the answer may change without a report.</param>
public readonly record struct RoundDecision(bool Close, TimeSpan? AskAgainAfter)
{
    /// <summary>Close now.</summary>
    public static RoundDecision CloseNow { get; } = new(true, null);

    /// <summary>Wait for a report.</summary>
    public static RoundDecision Wait { get; } = new(false, null);

    /// <summary>Wait for a report or until the round has lasted this long.</summary>
    public static RoundDecision WaitUntil(TimeSpan elapsed) => new(false, elapsed);
}
