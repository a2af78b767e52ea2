using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>How <c>dotnet build</c> is asked for the same bytes from the same sources, wherever they lie.</summary>
internal static class BuildArguments
{
    private static readonly string[] Always =
    [
        "-c", "Release", "-nologo", "-v:q", "-tl:off", "-clp:NoSummary", "-noAutoResponse", "-nodeReuse:false",
        "-p:UseSharedCompilation=false",
        // Relative to the project: a folder's own name would have to be escaped for every tool it passes through.
        "-p:OutputPath=../build/", "-p:AppendTargetFrameworkToOutputPath=false", "-p:AppendRuntimeIdentifierToOutputPath=false",
        "-p:Deterministic=true", "-p:ContinuousIntegrationBuild=true", "-p:DebugType=none", "-p:DebugSymbols=false",
        "-p:Version=1.0.0", "-p:Platform=AnyCPU",
        // For every operating system at once, whatever the project says: collaborators need not have the builder's.
        "-p:RuntimeIdentifier=",
        "-p:IncludeSourceRevisionInInformationalVersion=false", "-p:EnableSourceLink=false", "-p:EnableSourceControlManagerQueries=false",
        "-p:CopyLocalLockFileAssemblies=true", "-p:SatelliteResourceLanguages=en",
        "-p:ProduceReferenceAssembly=false", "-p:GenerateDocumentationFile=false",
        "-p:RunAnalyzers=false", "-p:NuGetAudit=false",
    ];

    // Settings files that MSBuild looks for in all outer folders; only those among the sources count.
    private static readonly (string File, string Property)[] Inherited =
    [
        ("src/Directory.Build.props", "ImportDirectoryBuildProps"),
        ("src/Directory.Build.targets", "ImportDirectoryBuildTargets"),
        ("src/Directory.Packages.props", "ImportDirectoryPackagesProps"),
    ];

    /// <summary>The arguments for a project among the sources of a workspace, whose folder is the current one.</summary>
    public static IEnumerable<string> For(WorkspaceLayout layout, string project, IReadOnlyCollection<string> sources) =>
    [
        "build", project,
        .. Always,
        $"-p:PathMap={Escape(layout.Root)}=/workspace",
        .. Inherited.Where(inherited => !sources.Contains(inherited.File)).Select(inherited => $"-p:{inherited.Property}=false"),
    ];

    // The compiler doubles what separates its maps; MSBuild takes what separates its properties as a code.
    private static string Escape(string path) => path
        .Replace(",", ",,", StringComparison.Ordinal).Replace("=", "==", StringComparison.Ordinal)
        .Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
