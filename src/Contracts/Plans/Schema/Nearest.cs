namespace Actors.Contracts.Plans;

/// <summary>Finds what somebody probably meant, by edit distance.</summary>
internal static class Nearest
{
    /// <summary>"did you mean a? Known: a, b." or, when nothing is near, "known: a, b."</summary>
    public static string Sentence(string word, IReadOnlyList<string> known, IReadOnlyList<string>? alsoUnderstood = null)
    {
        if (known.Count == 0)
        {
            return "remove it, no key is known here.";
        }

        var list = string.Join(", ", known);
        return Of(word, [.. known, .. alsoUnderstood ?? []]) is { } nearest ? $"did you mean {nearest}? Known: {list}." : $"known: {list}.";
    }

    /// <summary>The word with the fewest edits, the first of several; null when it takes more than half of the letters.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        var nearest = known
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return nearest.Candidate is { } found && nearest.Distance <= Math.Max(word.Length, found.Length) / 2 ? found : null;
    }

    private static int Distance(string first, string second)
    {
        // Longer words are nobody's slip of the finger, and the table would grow with the square.
        if (Math.Max(first.Length, second.Length) > 200)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(first[i - 1]) == char.ToLowerInvariant(second[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
