using System.Xml.Linq;

using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>
/// What <c>fx</c> writes beside a workspace's code so that a plain <c>dotnet build</c> or an IDE can build it on this machine: where
/// the installation's libraries are. Neither archived nor part of the workspace's hash.
/// </summary>
public static class WorkspaceProps
{
    /// <summary>The file that a workspace's project imports, relative to the workspace.</summary>
    public const string RelativePath = ".actors/Actors.Workspace.props";

    private const string StopperName = "Directory.Build.props";

    /// <summary>Writes the files; a <c>Directory.Build.props</c> that is already in the workspace's folder is left alone.</summary>
    /// <param name="layout">The workspace.</param>
    /// <param name="actorsHome">The folder where <c>fx</c> is installed.</param>
    /// <exception cref="WorkspaceException">A library is missing in the installation.</exception>
    public static void Write(WorkspaceLayout layout, string actorsHome)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var home = Path.TrimEndingDirectorySeparator(Path.GetFullPath(actorsHome));
        foreach (var name in SharedAssemblies.References.Where(name => !File.Exists(Path.Combine(home, $"{name}.dll"))))
        {
            throw new WorkspaceException($"{home}: the library {name}.dll is missing; install fx again or name the folder it is in.");
        }

        var file = layout.Resolve(RelativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        References(home).Save(file);
        var stopper = Path.Combine(layout.Root, StopperName);
        if (!File.Exists(stopper))
        {
            Stopper().Save(stopper);
        }
    }

    private static XElement References(string home) => new(
        "Project",
        new XComment(" Written by fx for this machine. "),
        new XElement("PropertyGroup", new XElement("ActorsHome", $"{home}/")),
        new XElement("ItemGroup", SharedAssemblies.References.Select(name => new XElement(
            "Reference",
            new XAttribute("Include", name),
            new XElement("HintPath", $"$(ActorsHome){name}.dll"),
            new XElement("Private", false)))));

    // MSBuild takes the nearest file of this name: with one here, those of outer folders do not count.
    private static XElement Stopper() => new(
        "Project",
        new XComment(" Written by fx: the settings of outer folders end here. "),
        new XElement(
            "PropertyGroup",
            new XElement("ImportDirectoryBuildTargets", false),
            new XElement("ImportDirectoryPackagesProps", false)));
}
