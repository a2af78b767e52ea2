namespace Actors.Contracts.Workspaces;

/// <summary>A file in a list that is written as JSON.</summary>
internal sealed record FileListMessage(string Path, long Length, string Sha384)
{
    public static IReadOnlyList<FileListMessage> Of(IEnumerable<WorkspaceFile> files) =>
        [.. files.Select(file => new FileListMessage(file.Path, file.Length, file.Digest.ToString()))];

    /// <summary>Reads a list.</summary>
    /// <exception cref="FormatException">A path leads out of the workspace or comes twice, or a digest or length is none.</exception>
    public static IReadOnlyList<WorkspaceFile> Parse(IReadOnlyList<FileListMessage> messages)
    {
        var paths = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var message in messages)
        {
            if (message is null)
            {
                throw new FormatException("an entry of its list is empty");
            }

            if (WorkspacePath.ProblemOf(message.Path) is { } problem)
            {
                throw new FormatException($"{message.Path}: {problem}");
            }

            if (message.Length < 0 || !paths.Add(message.Path))
            {
                throw new FormatException($"{message.Path} is listed twice, or with a negative length");
            }
        }

        return [.. messages.Select(message => new WorkspaceFile(message.Path, message.Length, FileDigest.Parse(message.Sha384)))];
    }
}
