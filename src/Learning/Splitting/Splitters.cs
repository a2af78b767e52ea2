using System.Collections.Frozen;

namespace Actors.Learning.Splitting;

/// <summary>The splitters a plan can choose.</summary>
public static class Splitters
{
    private static readonly FrozenDictionary<string, ISplitter> ByName = new ISplitter[]
    {
        new EqualSplitter(), new RandomSplitter(), new LogNormalSplitter(), new DirichletSplitter(), new TwoClassSplitter(),
    }.ToFrozenDictionary(splitter => splitter.Name);

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The splitter with a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static ISplitter Find(string name) =>
        ByName.TryGetValue(name, out var splitter)
            ? splitter
            : throw new ArgumentException($"There is no split '{name}'; choose one of {string.Join(", ", Names)}.", nameof(name));
}
