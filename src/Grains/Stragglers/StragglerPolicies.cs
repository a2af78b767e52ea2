using System.Collections.Frozen;

namespace Actors.Grains.Stragglers;

/// <summary>The straggler policies a plan can choose.</summary>
public static class StragglerPolicies
{
    private static readonly FrozenDictionary<string, IStragglerPolicy> ByName =
        new IStragglerPolicy[] { new WaitForAll(), new CutoffTime(), new Percentage(), new Adaptive(), new BufferedAsync() }.ToFrozenDictionary(policy => policy.Name);

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The policy with a name.</summary>
    /// <exception cref="FederationException">There is none; the message lists those there are.</exception>
    public static IStragglerPolicy Find(string name) =>
        ByName.TryGetValue(name, out var policy)
            ? policy
            : throw new FederationException($"There is no straggler policy '{name}'; choose one of {string.Join(", ", Names)}.");
}
