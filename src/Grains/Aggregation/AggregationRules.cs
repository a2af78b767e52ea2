using System.Collections.Frozen;

namespace Actors.Grains.Aggregation;

/// <summary>The aggregation rules a plan can choose.</summary>
public static class AggregationRules
{
    private static readonly FrozenDictionary<string, IAggregationRule> ByName = new IAggregationRule[]
    {
        new BoundedAverage(),
        new WeightedAverage(),
        new Median(),
        new TrimmedMean(),
        new NormBounded(),
        new GeometricMedian(),
        new Krum(),
        new MultiKrum(),
        new FedAvgM(),
        new FedAdagrad(),
        new FedAdam(),
        new FedYogi(),
    }.ToFrozenDictionary(rule => rule.Name);

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The rule with a name.</summary>
    /// <exception cref="FederationException">There is none; the message lists those there are.</exception>
    public static IAggregationRule Find(string name) =>
        ByName.TryGetValue(name, out var rule)
            ? rule
            : throw new FederationException($"There is no aggregation rule '{name}'; choose one of {string.Join(", ", Names)}.");
}
