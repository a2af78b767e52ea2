using System.Collections.Frozen;

namespace Actors.Grains.Assignment;

/// <summary>The assigners a plan can choose.</summary>
public static class Assigners
{
    private static readonly FrozenDictionary<string, IAssigner> ByName =
        new IAssigner[] { new RandomGroupedAssigner(), new StaticGroupedAssigner(), new FractionAssigner() }.ToFrozenDictionary(assigner => assigner.Name);

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The assigner with a name.</summary>
    /// <exception cref="FederationException">There is none; the message lists those there are.</exception>
    public static IAssigner Find(string name) =>
        ByName.TryGetValue(name, out var assigner)
            ? assigner
            : throw new FederationException($"There is no assigner '{name}'; choose one of {string.Join(", ", Names)}.");
}
