namespace Actors.Contracts.Workspaces;

/// <summary>What an archive may hold, and where.</summary>
internal static class ArchivePlaces
{
    /// <summary>The list of entries, in the archive only.</summary>
    public const string ManifestEntry = "archive.json";

    /// <summary>The marker of a workspace.</summary>
    public const string Marker = ".workspace";

    /// <summary>The list of sources and built assemblies.</summary>
    public const string BuildManifest = "build/workspace.json";

    /// <summary>The file that says which data each collaborator has. Only its place travels.</summary>
    public const string DataEntry = "plan/data.yaml";

    /// <summary>What takes the place of the data file's entries.</summary>
    public const string DataHeader = "# Which data each collaborator has, one line each: 'name,path'. Written at each site; never shared.\n";

    /// <summary>Folders that are in every archive, even when nothing is in them.</summary>
    public static readonly IReadOnlyList<string> Folders = ["data/", "logs/", "save/"];

    private static readonly string[] Places = ["src", "plan", "data", "logs", "save"];

    /// <summary>Whether an entry has a place in a workspace archive. A folder's path ends in a slash.</summary>
    public static bool Allow(string path)
    {
        var segments = path.Split('/');
        return path is Marker or ManifestEntry
            || path is BuildManifest
            || BuiltFiles.Include(path)
            || (segments.Length > 1 && Array.IndexOf(Places, segments[0]) >= 0 && !StaysLocal(segments));
    }

    // The last segment of a folder's path is empty.
    private static bool StaysLocal(string[] segments) =>
        segments.Where((segment, index) => WorkspacePath.StaysLocal(segment, isFolder: index < segments.Length - 1)).Any();
}
