using System.Collections;
using System.Globalization;

namespace Actors.Contracts.Plans;

/// <summary>
/// Sets single values of a plan by their keys from its top, such as <c>aggregator.settings.rounds_to_train</c>. Whether the plan
/// knows such a key, and whether the value fits, is for the reader to say; only what it could not see is said here.
/// </summary>
internal static class PlanOverrides
{
    /// <summary>The document with the values in place; keys that are not there yet are added at the end of their section.</summary>
    /// <param name="document">The plan; not changed.</param>
    /// <param name="overrides">
    /// Values by key: null, bool, whole numbers, float, double, decimal, string, lists, and dictionaries with texts for keys.
    /// </param>
    /// <param name="problems">Where keys that lead nowhere and values that have no place in a plan are appended.</param>
    public static PlanDocument Apply(PlanDocument document, IReadOnlyDictionary<string, object?> overrides, PlanProblems problems)
    {
        var root = document.Root;
        foreach (var (key, value) in overrides.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (IsMeant(root, key, problems) && ValueOf(value, key, problems) is { } written)
            {
                root = With(root, key.Split('.'), written, problems);
            }
        }

        return PlanDocument.Of(root);
    }

    private static PlanValue.Map With(PlanValue.Map map, ReadOnlySpan<string> keys, PlanValue value, PlanProblems problems)
    {
        var below = map.FindEntry(keys[0]);
        if (keys.Length > 1)
        {
            switch (below?.Value)
            {
                case PlanValue.Map inner:
                    value = With(inner, keys[1..], value, problems);
                    break;
                case null or PlanValue.Null:
                    value = With(new PlanValue.Map([], map.PathOf(keys[0]), default), keys[1..], value, problems);
                    break;
                case var other:
                    problems.Add(value.Path, default, $"is no key, {other.Path} is {other.Shown}; set {other.Path} itself.");
                    return map;
            }
        }

        var entry = new PlanEntry(keys[0], below?.Place ?? default, value);
        return map with
        {
            Entries = below is null
                ? [.. map.Entries, entry]
                : [.. map.Entries.Select(other => ReferenceEquals(other, below) ? entry : other)],
        };
    }

    // What the reader would take for a new task, or for a section, where a longer key was meant.
    private static bool IsMeant(PlanValue.Map root, string key, PlanProblems problems)
    {
        var keys = key.Split('.');
        if (keys is [PlanKeys.Tasks, var task, _, ..] && root.Find(PlanKeys.Tasks) is PlanValue.Map tasks && tasks.FindEntry(task) is null)
        {
            problems.Add(key, default, $"there is no task {task}; {Nearest.Sentence(task, [.. tasks.Entries.Select(entry => entry.Key)])}");
            return false;
        }

        if (!PlanKeys.Sections.Contains(keys[0])
            && Leaves(root).Where(leaf => Last(leaf) == keys[^1]).Append(Nearest.Of(key, Leaves(root))).FirstOrDefault() is { } meant)
        {
            var sections = string.Join(", ", PlanKeys.Sections);
            problems.Add(key, default, $"is not a known key; did you mean {meant}? Known sections: {sections}.");
            return false;
        }

        return true;
    }

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static IEnumerable<string> Leaves(PlanValue value) =>
        value is PlanValue.Map map ? map.Entries.SelectMany(entry => Leaves(entry.Value)) : [value.Path];

    private static PlanValue? ValueOf(object? value, string path, PlanProblems problems)
    {
        switch (value)
        {
            case null:
                return new PlanValue.Null(path, default);
            case bool flag:
                return new PlanValue.Flag(flag, path, default);
            case sbyte or byte or short or ushort or int or uint or long:
                return new PlanValue.Whole(Convert.ToInt64(value, CultureInfo.InvariantCulture), path, default);
            case float or double or decimal:
                return NumberOf((IFormattable)value, path, problems);
            case string text:
                return new PlanValue.Text(text, path, default);
            case IDictionary map:
                return MapOf(map, path, problems);
            case IEnumerable list:
                return new PlanValue.Items(
                    [.. list.Cast<object?>().Select((item, index) => ValueOf(item, $"{path}[{index}]", problems)).OfType<PlanValue>()],
                    path,
                    default);
            default:
                problems.Add(path, default, $"{value} is a {value.GetType().Name}; write a flag, a number, a text, a list or a map.");
                return null;
        }
    }

    // By way of its digits: a float of 0.1 is meant as 0.1.
    private static PlanValue.Number? NumberOf(IFormattable value, string path, PlanProblems problems)
    {
        var number = double.Parse(value.ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (!double.IsNaN(number))
        {
            return new(number, path, default);
        }

        problems.Add(path, default, "NaN is not a number that a plan can agree on; write a number.");
        return null;
    }

    private static PlanValue.Map MapOf(IDictionary map, string path, PlanProblems problems)
    {
        var entries = new List<PlanEntry>();
        foreach (DictionaryEntry entry in map)
        {
            var key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            if (ValueOf(entry.Value, $"{path}.{key}", problems) is { } value)
            {
                entries.Add(new(key, default, value));
            }
        }

        return new(entries, path, default);
    }
}
