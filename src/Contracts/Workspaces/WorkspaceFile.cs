namespace Actors.Contracts.Workspaces;

/// <summary>A file of a workspace, by its content.</summary>
/// <param name="Path">Its place relative to the workspace's folder, with forward slashes: <c>src/Net.cs</c>.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Digest">The digest of its bytes.</param>
public sealed record WorkspaceFile(string Path, long Length, FileDigest Digest)
{
    /// <summary>Reads a file of a workspace.</summary>
    internal static WorkspaceFile Of(WorkspaceLayout layout, string path)
    {
        using var stream = File.OpenRead(layout.Resolve(path));
        return new(path, stream.Length, FileDigest.Of(stream));
    }
}
