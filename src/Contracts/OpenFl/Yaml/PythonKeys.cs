using System.Text;

namespace Actors.Contracts.OpenFl;

/// <summary>How Python compares the keys of a map.</summary>
internal static class PythonKeys
{
    /// <summary>Whether two keys name the same entry.</summary>
    public static bool AreEqual(PythonValue one, PythonValue other) => (one, other) switch
    {
        (PythonValue.Text a, PythonValue.Text b) => a.Value == b.Value,
        (PythonValue.None, PythonValue.None) => true,
        (PythonValue.Day a, PythonValue.Day b) => a.Value == b.Value,
        _ => AsNumber(one) is { } a && AsNumber(other) is { } b && a == b,
    };

    /// <summary>The entries in the order of their keys, or as they are when the keys are of types that have no order among them.</summary>
    public static IReadOnlyList<(PythonValue Key, PythonValue Value)> Sorted(List<(PythonValue Key, PythonValue Value)> entries)
    {
        if (entries.Count < 2)
        {
            return entries;
        }

        if (entries.TrueForAll(entry => entry.Key is PythonValue.Text))
        {
            return [.. entries.OrderBy(entry => ((PythonValue.Text)entry.Key).Value, ByCodePoint.Instance)];
        }

        if (entries.TrueForAll(entry => entry.Key is PythonValue.Day))
        {
            return [.. entries.OrderBy(entry => ((PythonValue.Day)entry.Key).Value)];
        }

        return entries.TrueForAll(entry => AsNumber(entry.Key) is not null) ? [.. entries.OrderBy(entry => AsNumber(entry.Key)!.Value)] : entries;
    }

    // True counts as one.
    private static double? AsNumber(PythonValue key) => key switch
    {
        PythonValue.Truth truth => truth.Value ? 1 : 0,
        PythonValue.Whole whole => (double)whole.Value,
        PythonValue.Number number => number.Value,
        _ => null,
    };

    private sealed class ByCodePoint : IComparer<string>
    {
        public static readonly ByCodePoint Instance = new();

        public int Compare(string? x, string? y) => x!.EnumerateRunes().Zip(y!.EnumerateRunes())
            .Select(pair => pair.First.Value.CompareTo(pair.Second.Value))
            .FirstOrDefault(order => order != 0) is var first && first != 0 ? first : x!.Length.CompareTo(y!.Length);
    }
}
