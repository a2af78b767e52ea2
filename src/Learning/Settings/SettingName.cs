using System.Text;

namespace Actors.Learning.Settings;

/// <summary>The two spellings of a name: <c>batch_size</c> in a plan, <c>batchSize</c> or <c>BatchSize</c> in code.</summary>
public static class SettingName
{
    /// <summary>
    /// The plan's spelling of a name in code: <c>TrainTask</c> is <c>train_task</c>, <c>l2Penalty</c> is <c>l2_penalty</c>.
    /// </summary>
    public static string ToSnakeCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            text.Append(startsWord ? "_" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>Whether two spellings mean the same name.</summary>
    public static bool AreSame(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return string.Equals(Bare(left), Bare(right), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The known name that somebody who wrote this one may have meant; null when none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        var nearest = known.Select(candidate => (Name: candidate, Edits: Edits(Bare(name), Bare(candidate))))
            .OrderBy(candidate => candidate.Edits).FirstOrDefault();
        return nearest.Name is not null && nearest.Edits <= Math.Max(2, name.Length / 3) ? nearest.Name : null;
    }

    private static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein's distance, one row at a time.
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(change, Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[to.Length];
    }
}
