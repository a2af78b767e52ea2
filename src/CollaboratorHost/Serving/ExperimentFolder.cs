using Actors.Contracts.Federations;
using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Serving;

/// <summary>
/// An experiment's folder on a collaborator's machine, named after what its author signed: another archive under the same name has another folder
/// and needs another decision.
/// </summary>
public sealed class ExperimentFolder
{
    private const int DigestPart = 16;

    /// <summary>The folder of an experiment; nothing is read or made.</summary>
    /// <param name="experiments">The folder of all.</param>
    /// <param name="name">The experiment's name.</param>
    /// <param name="digest">SHA-384 of what its author signed.</param>
    public ExperimentFolder(string experiments, string name, string digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        Root = Path.Combine(experiments, $"{Contracts.Identity.IdentifierRule.Require(name, "experiment")}.{Contracts.Workspaces.FileDigest.Parse(digest).ToString()[..DigestPart]}");
    }

    private ExperimentFolder(string root) => Root = root;

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The workspace's archive as it came.</summary>
    public string Archive => Path.Combine(Root, "workspace.zip");

    /// <summary>What the author signed.</summary>
    public SealFiles Seal => new(Root);

    /// <summary>What the collaborator's process writes.</summary>
    public string LogFile => Path.Combine(Root, "collaborator.log");

    /// <summary>The workspace, unpacked and checked; null before it is.</summary>
    public WorkspaceLayout? Workspace => Directory.Exists(Unpacked) && Directory.GetDirectories(Unpacked).Where(folder => Path.GetFileName(folder)[0] != '.').ToList() is [var only]
        ? new WorkspaceLayout(only)
        : null;

    /// <summary>What was decided; null before anything was.</summary>
    public Decision? Decision
    {
        get => Serving.Decision.Read(DecisionFile);
        set => value?.Write(DecisionFile);
    }

    internal string Unpacked => Path.Combine(Root, "workspace");

    private string DecisionFile => Path.Combine(Root, "decision.json");

    /// <summary>Those that are here, by their folders' names.</summary>
    public static IReadOnlyList<ExperimentFolder> All(string experiments) => Directory.Exists(experiments)
        ? [.. Directory.GetDirectories(experiments).Order(StringComparer.Ordinal).Select(root => new ExperimentFolder(root))]
        : [];
}
