using Actors.Contracts.OpenFl;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Silo.OpenFl;

namespace Actors.Cli.Composition;

/// <summary>
/// A workspace that the original's <c>fx</c> made: its code is Python and runs on collaborators alone. In any other workspace
/// the original's collaborators may take part beside our hosts.
/// </summary>
internal static class OriginalWorkspace
{
    /// <summary>Stands in an experiment's name for the hash of code that the aggregator does not have.</summary>
    public const string CodeName = "python";

    /// <summary>Whether all code of the workspace is Python. A workspace without any code is ours.</summary>
    public static bool Is(WorkspaceLayout layout) =>
        !File.Exists(layout.WorkspaceManifestFile)
        && Directory.Exists(layout.SourceFolder)
        && Directory.GetFiles(layout.SourceFolder, "*.csproj").Length == 0
        && Directory.EnumerateFiles(layout.SourceFolder, "*.py", SearchOption.AllDirectories).Any();

    /// <summary>The plan that runs. An <c>auto</c> is resolved as the original resolves it, at every start anew.</summary>
    /// <exception cref="CommandException">The plan has problems; the message lists all of them.</exception>
    public static Plan Running(WorkspaceLayout layout, string file)
    {
        if (!File.Exists(file))
        {
            throw new CommandException($"{file} is missing; copy the plan of the federation there.");
        }

        var resolved = PlanInitialization.Resolve(File.ReadAllText(file), null, MachineName.Full(), DefaultsOf(layout), servesOriginals: true);
        WorkspacePlan.RequireNone(resolved.Problems, file);
        return WorkspacePlan.Require(new PlanReader(servesOriginals: true).Read(resolved.Yaml!, DefaultsOf(layout)), file);
    }

    /// <summary>How the original's collaborators are served in a workspace.</summary>
    /// <param name="layout">The workspace.</param>
    /// <param name="plan">The plan that runs.</param>
    /// <param name="file">The file it was read from.</param>
    /// <param name="stateFolder">Where the aggregator keeps what it keeps.</param>
    public static OpenFlOptions Options(WorkspaceLayout layout, Plan plan, string file, string stateFolder) => new()
    {
        Names = NamesOf(layout, file),
        Folder = Path.Combine(stateFolder, "openfl"),
        Pipeline = TensorPipelines.TryFind(plan.Compression.Template) ?? new NoCompression(),
        AveragesOptimizers = plan.Collaborator.OptimizerTreatment == OptimizerTreatment.ContinueGlobal,
    };

    // Defaults files that are not there belong to the installed original: what the names come to only its collaborators know.
    private static OpenFlNames? NamesOf(WorkspaceLayout layout, string file)
    {
        try
        {
            var plan = PythonPlan.Read(File.ReadAllText(file), Path.GetFileName(file), DefaultsOf(layout));
            return plan.MissingDefaults.Count == 0 ? plan.Names : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Func<string, string?> DefaultsOf(WorkspaceLayout layout) =>
        name => layout.Resolve(name) is var path && File.Exists(path) ? File.ReadAllText(path) : null;
}
