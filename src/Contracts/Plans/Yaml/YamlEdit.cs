namespace Actors.Contracts.Plans;

/// <summary>
/// Changes single values in YAML text and leaves every other character, comments included, where it is.
/// An edit is read back before it is given out, so that it is right or null.
/// </summary>
public static class YamlEdit
{
    /// <summary>The text with a scalar set under a path of keys, replaced where it is written and else inserted; null when that cannot be done.</summary>
    /// <param name="text">YAML whose top is a map.</param>
    /// <param name="keys">The path.</param>
    /// <param name="scalar">The value as YAML, quoted where it has to be.</param>
    public static string? Set(string text, IReadOnlyList<string> keys, string scalar)
    {
        if (Parse(text) is not PlanValue.Map root)
        {
            return null;
        }

        var edited = Place(text, root, keys, scalar);
        return edited is not null && IsChanged(Parse(edited), root, keys, scalar) ? edited : null;
    }

    /// <summary>The text with a scalar added at the end of a list under a top-level key, which is made when absent; null when that cannot be done.</summary>
    public static string? Append(string text, string key, string scalar)
    {
        var root = Parse(text);
        if (root is PlanValue.Null)
        {
            return $"{Lines(text)}{key}:{NewLine(text)}- {scalar}{NewLine(text)}";
        }

        var entry = (root as PlanValue.Map)?.FindEntry(key);
        var edited = (root, entry?.Value) switch
        {
            (PlanValue.Map map, null) => Place(text, map, [key], $"[{scalar}]"),
            (PlanValue.Map map, PlanValue.Null) => Place(text, map, [key], $"[{scalar}]"),
            (_, PlanValue.Items { Values.Count: 0, Place.Start: >= 0 } list) => text.Insert(list.Place.Start + 1, scalar),
            (_, PlanValue.Items { IsFlow: true, Values: [.., { Place.Start: >= 0 }] } list) => text.Insert(list.Values[^1].Place.End, $", {scalar}"),
            (_, PlanValue.Items { Values: [.., { Place.Start: >= 0 }] } list) => text.Insert(LineEnd(text, list.Values[^1].Place.End), Item(text, list, scalar)),
            _ => null,
        };
        return edited is not null && Parse(edited) is PlanValue.Map after && IsLonger(after.Find(key), entry?.Value, scalar) ? edited : null;
    }

    private static PlanValue? Parse(string text)
    {
        var problems = new PlanProblems();
        var value = YamlTree.Parse(text, null, "", problems);
        return problems.Count == 0 ? value : null;
    }

    private static string? Place(string text, PlanValue.Map root, IReadOnlyList<string> keys, string scalar)
    {
        var map = root;
        for (var i = 0; i < keys.Count; i++)
        {
            var entry = map.FindEntry(keys[i]);
            if (entry is null or { Value: not PlanValue.Null, Value.Place.Start: < 0 })
            {
                return Insert(text, root, map, keys.Skip(i).ToList(), scalar);
            }

            if (entry.Value is PlanValue.Null { Place: var empty } && empty.Start == empty.End)
            {
                var colon = text.IndexOf(':', entry.Place.End);
                return colon < 0 ? null : text.Insert(colon + 1, " " + Flow(keys.Skip(i + 1).ToList(), scalar));
            }

            if (i == keys.Count - 1 || entry.Value is PlanValue.Null)
            {
                var place = entry.Value.Place;
                return entry.Value is PlanValue.Map or PlanValue.Items || place.Start < 0
                    ? null
                    : $"{text[..place.Start]}{Flow(keys.Skip(i + 1).ToList(), scalar)}{text[place.End..]}";
            }

            if (entry.Value is not PlanValue.Map below)
            {
                return null;
            }

            map = below;
        }

        return null;
    }

    private static string? Insert(string text, PlanValue.Map root, PlanValue.Map map, List<string> keys, string scalar)
    {
        if (map.IsFlow)
        {
            return map.Place.Start < 0 || text[map.Place.Start] != '{'
                ? null
                : text.Insert(map.Place.Start + 1, $"{keys[0]}: {Flow(keys[1..], scalar)}{(map.Entries.Count == 0 ? "" : ", ")}");
        }

        if (map.Entries is not [var first, ..] || map.Place.Start < 0)
        {
            return null;
        }

        var indent = first.Place.Column;
        return ReferenceEquals(map, root)
            ? Lines(text) + Block(keys, scalar, indent, NewLine(text))
            : text.Insert(first.Place.Start - indent, Block(keys, scalar, indent, NewLine(text)));
    }

    private static string Flow(List<string> keys, string scalar) => keys.Count == 0 ? scalar : $"{{{keys[0]}: {Flow(keys[1..], scalar)}}}";

    private static string Block(List<string> keys, string scalar, int indent, string newLine) => keys.Count == 1
        ? $"{new string(' ', indent)}{keys[0]}: {scalar}{newLine}"
        : $"{new string(' ', indent)}{keys[0]}:{newLine}{Block(keys[1..], scalar, indent + 2, newLine)}";

    private static string Item(string text, PlanValue.Items list, string scalar)
    {
        var dash = text.LastIndexOf('-', list.Values[^1].Place.Start - 1);
        var indent = dash - 1 - text.LastIndexOf('\n', dash);
        return $"{NewLine(text)}{new string(' ', indent)}- {scalar}";
    }

    private static int LineEnd(string text, int from) => text.AsSpan(from).IndexOfAny('\r', '\n') is >= 0 and var found ? from + found : text.Length;

    private static string Lines(string text) => text.Length == 0 || text[^1] == '\n' ? text : text + NewLine(text);

    private static string NewLine(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static bool IsLonger(PlanValue? after, PlanValue? before, string scalar) =>
        after is PlanValue.Items { Values: [.., var last] } list
        && Parse(scalar) is { } value
        && CanonicalPlan.Of(last) == CanonicalPlan.Of(value)
        && list.Values.SkipLast(1).Select(CanonicalPlan.Of).SequenceEqual(((before as PlanValue.Items)?.Values ?? []).Select(CanonicalPlan.Of));

    /// <summary>Whether the edited text says what the original says, but for the one value.</summary>
    private static bool IsChanged(PlanValue? edited, PlanValue.Map root, IReadOnlyList<string> keys, string scalar) =>
        edited is PlanValue.Map after
        && Parse(scalar) is { } value
        && CanonicalPlan.Of(With(root, keys, 0, value)) == CanonicalPlan.Of(after);

    private static PlanValue.Map With(PlanValue.Map map, IReadOnlyList<string> keys, int at, PlanValue value)
    {
        var below = map.Find(keys[at]) as PlanValue.Map ?? new PlanValue.Map([], "", default);
        var entry = new PlanEntry(keys[at], default, at == keys.Count - 1 ? value : With(below, keys, at + 1, value));
        return map with { Entries = [.. map.Entries.Where(other => other.Key != keys[at]), entry] };
    }
}
