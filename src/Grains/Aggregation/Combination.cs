using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>What a rule decided: which rows are combined, with which weights, and by which arithmetic.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Choice">Its settings.</param>
/// <param name="Updates">The updates that count, in order.</param>
/// <param name="Weights">Their weights; one more for the current model where it counts.</param>
internal sealed record Combination(IAggregationRule Rule, PolicyChoice Choice, IReadOnlyList<int> Updates, double[] Weights)
{
    private static readonly Median OfCounters = new();

    /// <summary>Whether the current model has a weight; it is then the last row.</summary>
    public bool CountsModel => Weights.Length > Updates.Count;

    /// <summary>All updates by their shares of the samples.</summary>
    public static Combination OfAll(IAggregationRule rule, PolicyChoice choice, UpdateFiles files) =>
        new(rule, choice, [.. Enumerable.Range(0, files.Count)], Shares.Of(files.Sources.Select(source => source.SampleCount)));

    /// <summary>Those that a decision lets count.</summary>
    public static Combination Of(IAggregationRule rule, PolicyChoice choice, UpdateFiles files, Weighing weighing)
    {
        var updates = Enumerable.Range(0, files.Count).Where(update => weighing.Updates[update] > 0).ToList();
        var weights = updates.Select(update => weighing.Updates[update]);
        return new(rule, choice, updates, [.. weights, .. files.HasModel && (weighing.Model > 0 || updates.Count == 0) ? [weighing.Model] : Array.Empty<double>()]);
    }

    /// <summary>Combines the rows of a block.</summary>
    public void Combine(BlockRows rows, Span<float> result) =>
        Rule.Combine(Choice, new UpdateBlocks<float>(Weights, rows.Singles[..(Weights.Length * rows.Stride)], rows.Stride), result);

    /// <summary>Combines the rows of a block.</summary>
    /// <param name="rows">The block.</param>
    /// <param name="isMeasured">Whether its numbers have a distance.</param>
    /// <param name="result">Takes the numbers.</param>
    public void Combine(BlockRows rows, bool isMeasured, Span<double> result)
    {
        if (isMeasured || Rule is not WeighingRule || Updates.Count == 0)
        {
            Rule.Combine(Choice, new UpdateBlocks<double>(Weights, rows.Doubles[..(Weights.Length * rows.Stride)], rows.Stride), result);
        }
        else
        {
            var weights = Weights.AsSpan(0, Updates.Count);
            OfCounters.Combine(Choice, new UpdateBlocks<double>(weights, rows.Doubles[..(weights.Length * rows.Stride)], rows.Stride), result);
        }
    }
}
