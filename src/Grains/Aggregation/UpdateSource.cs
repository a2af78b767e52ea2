using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>One update and where it is read.</summary>
/// <param name="Open">Opens it; the reader is the caller's.</param>
/// <param name="SampleCount">How many samples stand behind it; at least 1.</param>
internal sealed record UpdateSource(Func<ITensorReader> Open, long SampleCount)
{
    /// <summary>Opens the older model that it started from; null when that is the current one.</summary>
    public Func<ITensorReader>? StartedFrom { get; init; }

    /// <summary>The part of its change that counts, above 0 to 1: less than 1 for a stale one.</summary>
    public double Freshness { get; init; } = 1;

    /// <summary>Whether its change has to be brought to the current model: x + s · (y − x'), from x' with freshness s.</summary>
    public bool IsMoved => StartedFrom is not null || Freshness != 1;
}
