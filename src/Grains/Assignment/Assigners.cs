using System.Collections.Frozen;

namespace Actors.Grains.Assignment;

/// <summary>The assigners a plan can choose.</summary>
public sealed class Assigners
{
    private readonly FrozenDictionary<string, IAssigner> _byName;

    private Assigners(IEnumerable<IAssigner> assigners)
    {
        _byName = assigners.ToFrozenDictionary(assigner => assigner.Name);
        Names = [.. _byName.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Those that every aggregator has.</summary>
    public static Assigners BuiltIn { get; } = new([new RandomGroupedAssigner(), new StaticGroupedAssigner(), new FractionAssigner()]);

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>These and a federation's own.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Assigners With(IAssigner own) => new([.. _byName.Values, own]);

    /// <summary>The assigner with a name.</summary>
    /// <exception cref="FederationException">There is none; the message lists those there are.</exception>
    public IAssigner Find(string name) =>
        _byName.TryGetValue(name, out var assigner)
            ? assigner
            : throw new FederationException($"There is no assigner '{name}'; choose one of {string.Join(", ", Names)}.");
}
