namespace Actors.Contracts.Plans;

/// <summary>
/// The document as sections with templates and schemas. Reading it reports everything that can be told of a section by
/// itself; the validators then look at how sections fit together.
/// </summary>
internal sealed class PlanSections
{
    private readonly PlanValue.Map _root;
    private readonly TemplateNames _names;
    private readonly PlanProblems _problems;

    private PlanSections(PlanDocument document, TemplateNames names, PlanProblems problems)
    {
        (_root, _names, _problems) = (document.Root, names, problems);
        CheckNames();
        Aggregator = Named(PlanKeys.Aggregator, TemplateKind.Aggregator);
        Collaborator = Named(PlanKeys.Collaborator, TemplateKind.Collaborator);
        DataLoader = OfClass(PlanKeys.DataLoader);
        TaskRunner = OfClass(PlanKeys.TaskRunner);
        Network = Named(PlanKeys.Network, TemplateKind.Network);
        HasOwnAssigner = IsOwn(MapOf(PlanKeys.Assigner), TemplateKind.Assigner);
        Assigner = HasOwnAssigner ? OfClass(PlanKeys.Assigner) : Named(PlanKeys.Assigner, TemplateKind.Assigner);
        MetricCallback = Aggregator.Settings.Values.Find("log_metric_callback") is PlanValue.Map callback ? OfClass(callback.Path, callback) : null;
        Compression = Named(PlanKeys.Compression, TemplateKind.CompressionPipeline);
        Straggler = Named(PlanKeys.Straggler, TemplateKind.StragglerPolicy);
        Tasks = ReadTasks();
    }

    public PlanSection Aggregator { get; }

    public PlanSection Collaborator { get; }

    public PlanSection DataLoader { get; }

    public PlanSection TaskRunner { get; }

    public PlanSection Network { get; }

    public PlanSection Assigner { get; }

    /// <summary>Whether the assigner is a class of the workspace.</summary>
    public bool HasOwnAssigner { get; }

    /// <summary>The class that hears metrics; null when the plan names none.</summary>
    public PlanSection? MetricCallback { get; }

    public IReadOnlyList<PlanTask> Tasks { get; }

    public PlanSection Compression { get; }

    public PlanSection Straggler { get; }

    public static PlanSections Read(PlanDocument document, TemplateNames names, PlanProblems problems) => new(document, names, problems);

    private void CheckNames()
    {
        foreach (var entry in _root.Entries.Where(entry => !PlanKeys.Sections.Contains(entry.Key)))
        {
            _problems.Add(entry.Value.Path, entry.Place, $"is not a known section; {Nearest.Sentence(entry.Key, PlanKeys.Sections)}");
        }
    }

    private PlanSection Named(string name, TemplateKind kind) => Named(name, MapOf(name), kind, isAbsent: _root.Find(name) is not PlanValue.Map);

    private PlanSection Named(string name, PlanValue.Map map, TemplateKind kind, bool isAbsent)
    {
        CheckKeys(map);
        var template = TemplateOf(map, kind, isAbsent);
        var settings = SettingsOf(map);
        if (template is not null)
        {
            SettingsSchema.Check(settings, template.Settings, _problems);
        }

        return new PlanSection(name, map, template?.Name, new PlanSettings(settings, template?.Settings ?? []));
    }

    private bool IsOwn(PlanValue.Map map, TemplateKind kind) =>
        map.Find(PlanKeys.Template) is PlanValue.Text { Value: var name } && _names.Find(kind, name) is null && OwnClass.Is(name);

    private PlanSection OfClass(string name) => OfClass(name, MapOf(name));

    private PlanSection OfClass(string name, PlanValue.Map map)
    {
        CheckKeys(map);
        var template = new TextSetting(PlanKeys.Template, null) { Noun = "the name of a class of the workspace" }.Required();
        SettingsSchema.Check(map with { Entries = [.. map.Entries.Where(entry => entry.Key == PlanKeys.Template)] }, [template], _problems);
        return new PlanSection(name, map, (map.Find(PlanKeys.Template) as PlanValue.Text)?.Value, new PlanSettings(SettingsOf(map), []));
    }

    private TemplateName? TemplateOf(PlanValue.Map map, TemplateKind kind, bool isAbsent)
    {
        var known = _names.Of(kind);
        var written = map.Find(PlanKeys.Template);
        if (written is null)
        {
            if (isAbsent || known.Count == 1 || !IsChoice(kind))
            {
                return known[0];
            }

            _problems.Add(map.PathOf(PlanKeys.Template), map.Place, $"is missing; write {string.Join(" or ", known.Select(name => name.Name))}.");
            return null;
        }

        var spelling = (written as PlanValue.Text)?.Value ?? "";
        var found = _names.Find(kind, spelling);
        if (found is null)
        {
            var nearest = Nearest.Sentence(spelling, [.. known.Select(name => name.Name)], [.. known.SelectMany(name => name.Aliases)]);
            _problems.Add(written, $"is not a known {Word(kind)}; {nearest}");
        }

        return found;
    }

    // The original's files leave these templates to their defaults files; a policy's settings mean nothing without its name.
    private static bool IsChoice(TemplateKind kind) => kind is TemplateKind.StragglerPolicy or TemplateKind.CompressionPipeline or TemplateKind.AggregationRule;

    private static string Word(TemplateKind kind) => kind switch
    {
        TemplateKind.StragglerPolicy => "straggler policy",
        TemplateKind.CompressionPipeline => "compression pipeline",
        TemplateKind.AggregationRule => "aggregation rule",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private void CheckKeys(PlanValue.Map map)
    {
        foreach (var entry in map.Entries.Where(entry => entry.Key is not (PlanKeys.Template or PlanKeys.Settings or PlanKeys.Defaults)))
        {
            var known = Nearest.Sentence(entry.Key, [PlanKeys.Template, PlanKeys.Settings, PlanKeys.Defaults]);
            _problems.Add(entry.Value.Path, entry.Place, $"is not a known key; {known}");
        }
    }

    private PlanValue.Map SettingsOf(PlanValue.Map map)
    {
        switch (map.Find(PlanKeys.Settings))
        {
            case null:
                return new PlanValue.Map([], map.PathOf(PlanKeys.Settings), map.FindEntry(PlanKeys.Settings)?.Place ?? map.Place);
            case PlanValue.Map settings:
                return settings;
            case var other:
                _problems.Add(other, "is not a map; write keys with values.");
                return new PlanValue.Map([], other.Path, other.Place);
        }
    }

    /// <summary>A section's map with the line of its key; empty when it is absent or no map.</summary>
    private PlanValue.Map MapOf(string name)
    {
        var entry = _root.FindEntry(name);
        if (entry is { Value: not (PlanValue.Map or PlanValue.Null) and var other })
        {
            _problems.Add(other, "is not a section; write template: and settings: under it.");
        }

        var place = entry?.Place ?? default;
        return entry?.Value is PlanValue.Map map ? map with { Place = place } : new PlanValue.Map([], name, place);
    }

    private List<PlanTask> ReadTasks()
    {
        var tasks = MapOf(PlanKeys.Tasks);
        if (tasks.Entries.Count == 0)
        {
            _problems.Add(PlanKeys.Tasks, tasks.Place, "has no task; write one like train: {function: train_task}.");
        }

        return [.. tasks.Entries.Select(ReadTask).OfType<PlanTask>()];
    }

    private PlanTask? ReadTask(PlanEntry entry)
    {
        if (entry.Value is not PlanValue.Map map)
        {
            _problems.Add(entry.Value, "is not a task; write function: and kwargs: under it.");
            return null;
        }

        map = map with { Place = entry.Place };
        SettingsSchema.Check(map, SectionSettings.Task, _problems);
        var written = map.Find("aggregation_type") as PlanValue.Map;
        var rule = written ?? new PlanValue.Map([], map.PathOf("aggregation_type"), entry.Place);
        var isOwn = IsOwn(rule, TemplateKind.AggregationRule);
        return new PlanTask(
            entry.Key,
            entry.Place,
            new PlanSettings(map, SectionSettings.Task),
            isOwn ? OfClass(rule.Path, rule) : Named(rule.Path, rule, TemplateKind.AggregationRule, isAbsent: written is null),
            isOwn);
    }
}
