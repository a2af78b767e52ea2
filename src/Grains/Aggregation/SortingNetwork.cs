using System.Collections.Concurrent;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Batcher's odd-even merge sort (1968) as a list of exchanges, less those that only order numbers among the least, among those in the middle or
/// among the greatest. The same exchanges part every coordinate, so that many are parted at once and none takes longer than another.
/// </summary>
internal static class SortingNetwork
{
    private static readonly ConcurrentDictionary<(int Count, int First, int Last), (int Low, int High)[]> Known = [];

    /// <summary>
    /// The exchanges, each of which puts the lesser of two at its low place: afterwards those in the middle have their places, in whatever order, the
    /// lesser ones are before and the greater ones behind them. What an exchange needs comes shortly before it.
    /// </summary>
    /// <param name="count">How many there are.</param>
    /// <param name="first">The first place of the middle, from 0.</param>
    /// <param name="last">Its last place.</param>
    public static ReadOnlySpan<(int Low, int High)> For(int count, int first, int last) =>
        Known.GetOrAdd((count, first, last), static key => InOrderOfNeed(Prune([.. All(key.Count)], key.Count, key.First, key.Last)));

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

    // Backwards: an exchange within a part is of no use while nothing after it looks at its places one by one.
    private static List<(int Low, int High)> Prune(List<(int Low, int High)> exchanges, int count, int first, int last)
    {
        const int EachByItself = -1;
        var parts = Enumerable.Range(0, count).Select(place => place < first ? 0 : place > last ? 2 : 1).ToArray();
        var kept = new List<(int Low, int High)>();
        for (var i = exchanges.Count - 1; i >= 0; i--)
        {
            var (low, high) = exchanges[i];
            if (parts[low] == EachByItself || parts[low] != parts[high])
            {
                (parts[low], parts[high]) = (EachByItself, EachByItself);
                kept.Add(exchanges[i]);
            }
        }

        kept.Reverse();
        return kept;
    }

    // One half is sorted before the other is begun: a processor's registers do not hold all places at once.
    private static (int Low, int High)[] InOrderOfNeed(List<(int Low, int High)> exchanges)
    {
        var (before, latest) = (new (int Low, int High)[exchanges.Count], new Dictionary<int, int>());
        foreach (var (i, (low, high)) in exchanges.Index())
        {
            before[i] = (latest.GetValueOrDefault(low, -1), latest.GetValueOrDefault(high, -1));
            (latest[low], latest[high]) = (i, i);
        }

        var (ordered, done) = (new List<(int Low, int High)>(), new HashSet<int>());
        foreach (var place in latest.Keys.Order())
        {
            Add(latest[place]);
        }

        return [.. ordered];

        void Add(int exchange)
        {
            if (exchange >= 0 && done.Add(exchange))
            {
                Add(before[exchange].Low);
                Add(before[exchange].High);
                ordered.Add(exchanges[exchange]);
            }
        }
    }
}
