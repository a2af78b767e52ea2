namespace Actors.Contracts.Plans;

/// <summary>Reads a plan and checks all of it: bad input gives problems, all at once, and never an exception.</summary>
public sealed class PlanReader
{
    private static readonly IPlanValidator[] Validators =
    [
        new MutualTlsValidator(),
        new TasksValidator(),
        new ControlValidator(),
        new TaskGroupsValidator(),
        new BestMetricValidator(),
    ];

    private readonly IWorkspaceCatalogue? _catalogue;
    private readonly TemplateNames _names;
    private readonly bool _servesOriginals;

    /// <summary>A reader for the plans of one workspace.</summary>
    /// <param name="catalogue">What the workspace's assembly offers; null when it is not built yet, and then class and function names are not checked.</param>
    /// <param name="names">The templates to choose from; null means <see cref="TemplateNames.BuiltIn"/>.</param>
    /// <param name="servesOriginals">Whether all collaborators are the original's own, which can do what our hosts do not.</param>
    public PlanReader(IWorkspaceCatalogue? catalogue = null, TemplateNames? names = null, bool servesOriginals = false) =>
        (_catalogue, _names, _servesOriginals) = (catalogue, names ?? TemplateNames.BuiltIn, servesOriginals);

    /// <summary>Reads the file <c>plan/plan.yaml</c> of a workspace, whether or not a frozen copy exists; see <see cref="RunningPlan"/> for the one that runs.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    public PlanResult ReadWorkspace(string workspace)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        return ReadFile(workspace, PlanFolder.Plan);
    }

    /// <summary>Reads a plan from its text.</summary>
    /// <param name="yaml">The text of the plan.</param>
    /// <param name="readDefaults">The text of a defaults file by its path inside the workspace, null when there is none; left out, there are none.</param>
    /// <param name="overrides">Values that stand in place of the text's, by key from the top of the plan; null for none.</param>
    public PlanResult Read(
        string yaml, Func<string, string?>? readDefaults = null, IReadOnlyDictionary<string, object?>? overrides = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var problems = new PlanProblems();
        if (PlanDocument.Parse(yaml, OriginalDefaults.From(readDefaults, mayBeMissing: _servesOriginals), problems) is not { } document)
        {
            return new PlanResult(null, problems);
        }

        document = overrides is null ? document : PlanOverrides.Apply(document, overrides, problems);
        var sections = PlanSections.Read(document, _names, problems);
        foreach (var validator in Validators)
        {
            validator.Check(sections, problems);
        }

        if (!_servesOriginals)
        {
            new CompressionValidator().Check(sections, problems);
        }

        if (_catalogue is not null)
        {
            new CatalogueValidator(_catalogue).Check(sections, problems);
        }

        return new PlanResult(problems.Count == 0 ? PlanBuilder.Build(document, sections) : null, problems);
    }

    /// <summary>Reads a plan from a file; its defaults files lie in the workspace.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="path">The plan's file, relative to the workspace or absolute.</param>
    public PlanResult ReadFile(string workspace, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (PlanFolder.Read(workspace, path) is { } yaml)
        {
            return Read(yaml, defaults => PlanFolder.Read(workspace, defaults));
        }

        var problems = new PlanProblems();
        problems.Add(path, default, "cannot be read; run this in a workspace folder that has a plan.");
        return new PlanResult(null, problems);
    }
}
