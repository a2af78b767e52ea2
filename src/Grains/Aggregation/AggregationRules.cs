using System.Collections.Frozen;

namespace Actors.Grains.Aggregation;

/// <summary>The aggregation rules a plan can choose.</summary>
public sealed class AggregationRules
{
    private readonly FrozenDictionary<string, IAggregationRule> _byName;

    private AggregationRules(IEnumerable<IAggregationRule> rules)
    {
        _byName = rules.ToFrozenDictionary(rule => rule.Name);
        Names = [.. _byName.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Those that every aggregator has.</summary>
    public static AggregationRules BuiltIn { get; } = new(
    [
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
        new Scaffold(),
        new FedCurv(),
    ]);

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>These and a federation's own.</summary>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public AggregationRules With(IEnumerable<IAggregationRule> own) => new([.. _byName.Values, .. own]);

    /// <summary>The rule with a name.</summary>
    /// <exception cref="FederationException">There is none; the message lists those there are.</exception>
    public IAggregationRule Find(string name) =>
        _byName.TryGetValue(name, out var rule)
            ? rule
            : throw new FederationException($"There is no aggregation rule '{name}'; choose one of {string.Join(", ", Names)}.");
}
