using System.Collections.Concurrent;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Batcher's odd-even merge sort (1968) as a list of exchanges, less those that do not reach the places that are asked for. The same
/// exchanges sort every coordinate, so that many are sorted at once and none takes longer than another.
/// </summary>
internal static class SortingNetwork
{
    private static readonly ConcurrentDictionary<(int Count, int First, int Last), (int Low, int High)[]> Known = [];

    /// <summary>The exchanges, in order: each puts the lesser of two at its low place.</summary>
    /// <param name="count">How many are sorted.</param>
    /// <param name="first">The first place, from 0, that must hold what it would in a full sort.</param>
    /// <param name="last">The last such place.</param>
    public static ReadOnlySpan<(int Low, int High)> For(int count, int first, int last) =>
        Known.GetOrAdd((count, first, last), static key => Prune([.. All(key.Count)], key.First, key.Last));

    private static IEnumerable<(int Low, int High)> All(int count)
    {
        for (var p = 1; p < count; p *= 2)
        {
            for (var k = p; k >= 1; k /= 2)
            {
                for (var j = k % p; j + k < count; j += 2 * k)
                {
                    for (var i = 0; i < Math.Min(k, count - j - k); i++)
                    {
                        if ((i + j) / (p * 2) == (i + j + k) / (p * 2))
                        {
                            yield return (i + j, i + j + k);
                        }
                    }
                }
            }
        }
    }

    // Backwards: an exchange counts when one of its places does, and then both did before it.
    private static (int Low, int High)[] Prune(List<(int Low, int High)> exchanges, int first, int last)
    {
        var wanted = new HashSet<int>(Enumerable.Range(first, last - first + 1));
        var kept = new List<(int Low, int High)>();
        for (var i = exchanges.Count - 1; i >= 0; i--)
        {
            if (wanted.Contains(exchanges[i].Low) || wanted.Contains(exchanges[i].High))
            {
                wanted.Add(exchanges[i].Low);
                wanted.Add(exchanges[i].High);
                kept.Add(exchanges[i]);
            }
        }

        kept.Reverse();
        return [.. kept];
    }
}
