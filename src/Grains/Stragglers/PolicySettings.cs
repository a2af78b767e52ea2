using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>Settings that several policies read alike.</summary>
internal static class PolicySettings
{
    /// <summary>How often a round whose deadline passed below the minimum is tried again before the experiment pauses. Default: 2.</summary>
    public static int Retries(this PolicyChoice choice) => (int)Math.Clamp(choice.Number("retries", 2), 0, int.MaxValue);

    /// <summary>The fewest collaborators with which a round closes; at least and by default 1.</summary>
    public static int MinimumReporting(this PolicyChoice choice) => (int)Math.Clamp(choice.Number("minimum_reporting", 1), 1, int.MaxValue);

    /// <summary>A setting in seconds; null when it lies beyond all time.</summary>
    public static TimeSpan? Seconds(this PolicyChoice choice, string key, double fallback)
    {
        var seconds = choice.Number(key, fallback);
        return seconds >= TimeSpan.MaxValue.TotalSeconds ? null : TimeSpan.FromSeconds(seconds);
    }
}
