namespace Actors.Contracts.Plans;

/// <summary>
/// A plan as keys and values: each section merged with its <c>defaults</c> file, nothing checked yet.
/// <see cref="PlanReader"/> makes a <see cref="Plan"/> of it.
/// </summary>
/// <remarks>
/// The merge is the original's. A section's <c>defaults</c> names a file, relative to the workspace, that holds what the
/// section may hold. <c>settings</c> are merged one level deep, and the section's own value of a setting wins whole; of
/// every other key the section's own value wins whole. A defaults file has no defaults of its own. <c>defaults</c>
/// is gone from the merged document, and so is <c>tasks.settings</c>, which means nothing.
/// </remarks>
public sealed class PlanDocument
{
    private PlanDocument(PlanValue.Map root) => Root = root;

    /// <summary>The sections in the order of the file.</summary>
    public PlanValue.Map Root { get; }

    /// <summary>Reads and merges a plan; null when the text is no YAML map, which is among the problems then.</summary>
    /// <param name="yaml">The text of the plan.</param>
    /// <param name="readDefaults">The text of a file by its path inside the workspace, or null when there is no such file.</param>
    /// <param name="problems">Where problems are appended: syntax, duplicate keys, defaults that cannot be read.</param>
    public static PlanDocument? Parse(string yaml, Func<string, string?> readDefaults, PlanProblems problems)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(readDefaults);
        ArgumentNullException.ThrowIfNull(problems);
        switch (YamlTree.Parse(yaml, null, "", problems))
        {
            case PlanValue.Map map:
                var sections = map.Entries.Select(section => section with { Value = Merged(section, readDefaults, problems) });
                return new PlanDocument(map with { Entries = [.. sections] });
            case null:
                return null;
            case var other:
                problems.Add("", other.Place, $"the plan is {(other is PlanValue.Null ? "empty" : other.Shown)}; write sections like aggregator: and tasks:.");
                return null;
        }
    }

    /// <summary>The merged plan as YAML that needs no defaults files; the order of keys is kept, comments are not.</summary>
    public string ToYaml() => PlanYaml.Write(Root);

    /// <summary>Another document with these sections.</summary>
    internal static PlanDocument Of(PlanValue.Map root) => new(root);

    private static PlanValue Merged(PlanEntry section, Func<string, string?> readDefaults, PlanProblems problems)
    {
        if (section.Value is not PlanValue.Map own)
        {
            return section.Value;
        }

        var merged = own.Find(PlanKeys.Defaults) is { } file && ReadDefaults(file, section.Key, readDefaults, problems) is { } defaults
            ? Merge(defaults, own)
            : own;
        return merged with
        {
            Entries = [.. merged.Entries.Where(entry => entry.Key != PlanKeys.Defaults && !IsTasksSettings(section.Key, entry.Key))],
        };
    }

    private static PlanValue.Map? ReadDefaults(PlanValue file, string section, Func<string, string?> read, PlanProblems problems)
    {
        var count = problems.Count;
        Setting.WorkspacePath(PlanKeys.Defaults).Check(file, problems);
        if (problems.Count > count || file is not PlanValue.Text { Value: var name })
        {
            return null;
        }

        if (read(name) is not { } yaml)
        {
            problems.Add(file, "is not there; write the path of a file, relative to the workspace.");
            return null;
        }

        switch (YamlTree.Parse(yaml, name, section, problems))
        {
            case PlanValue.Map map when map.FindEntry(PlanKeys.Defaults) is { } nested:
                problems.Add(nested.Value.Path, nested.Place, "is not allowed in a defaults file; write its settings here.");
                return map;
            case PlanValue.Map map:
                return map;
            case PlanValue.Null:
                return null;
            case { } other:
                problems.Add(other, "is not a section; write template: and settings: at the top of a defaults file.");
                return null;
            default:
                return null;
        }
    }

    private static PlanValue.Map Merge(PlanValue.Map defaults, PlanValue.Map own)
    {
        var settings = own.Find(PlanKeys.Settings) is PlanValue.Map ownSettings && defaults.Find(PlanKeys.Settings) is PlanValue.Map below
            ? Overlay(below, ownSettings)
            : null;
        var merged = Overlay(defaults, own);
        return merged with
        {
            Entries =
            [
                .. merged.Entries.Select(entry => entry.Key != PlanKeys.Settings ? entry
                    : settings is not null ? entry with { Value = settings }
                    : entry.Value is PlanValue.Null ? defaults.FindEntry(PlanKeys.Settings) ?? entry
                    : entry),
            ],
        };
    }

    /// <summary>The keys of the lower map in their order, with the upper map's entries in their place or behind them.</summary>
    private static PlanValue.Map Overlay(PlanValue.Map lower, PlanValue.Map upper) => upper with
    {
        Entries =
        [
            .. lower.Entries.Select(entry => upper.FindEntry(entry.Key) ?? entry),
            .. upper.Entries.Where(entry => lower.FindEntry(entry.Key) is null),
        ],
    };

    private static bool IsTasksSettings(string section, string key) => section == PlanKeys.Tasks && key == PlanKeys.Settings;
}
