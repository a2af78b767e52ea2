namespace Actors.Contracts.Workspaces;

/// <summary>
/// The files below a folder of a workspace that others may see: no hidden ones, no build output, no editor's settings, no keys.
/// </summary>
internal static class SharedFiles
{
    /// <summary>The paths, relative to the workspace, sorted; none when the folder is missing.</summary>
    /// <exception cref="WorkspaceException">A file or folder is a link, or its name cannot be used on every operating system.</exception>
    public static IEnumerable<string> Below(WorkspaceLayout layout, string folder)
    {
        var root = new DirectoryInfo(Path.Combine(layout.Root, folder));
        return root.Exists ? Walk(layout, root, folder).Order(StringComparer.Ordinal) : [];
    }

    private static IEnumerable<string> Walk(WorkspaceLayout layout, DirectoryInfo folder, string path)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var entryPath = $"{path}/{entry.Name}";
            if (WorkspacePath.StaysLocal(entry.Name, entry is DirectoryInfo))
            {
                continue;
            }

            if (entry.LinkTarget is not null)
            {
                throw new WorkspaceException($"{layout.Name}: {entryPath} is a link; put the file itself in its place.");
            }

            if (WorkspacePath.ProblemOf(entryPath) is { } problem)
            {
                throw new WorkspaceException($"{layout.Name}: {entryPath} cannot be shared, {problem}; rename it.");
            }

            foreach (var found in entry is DirectoryInfo inner ? Walk(layout, inner, entryPath) : [entryPath])
            {
                yield return found;
            }
        }
    }
}
