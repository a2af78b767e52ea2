namespace Actors.Contracts.Workspaces;

/// <summary>
/// Which paths may stand in a manifest or an archive: relative, with forward slashes, the same file on every operating system.
/// </summary>
internal static class WorkspacePath
{
    private const int MaximumLength = 240;

    private static readonly HashSet<string> DeviceNames = new(
        [
            "con", "prn", "aux", "nul",
            .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"com{number}", $"lpt{number}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    // Keys, certificates, requests and model files stay where they are made.
    private static readonly HashSet<string> PrivateExtensions = new(
        [".crt", ".cer", ".der", ".key", ".csr", ".pem", ".p7b", ".p8", ".p12", ".pfx", ".jks", ".crl", ".srl", ".pbuf"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with a path, as a clause; null when nothing is.</summary>
    public static string? ProblemOf(string path)
    {
        if (path.Length is 0 or > MaximumLength)
        {
            return $"its path does not have 1 to {MaximumLength} characters";
        }

        if (path[0] is '/' || path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal))
        {
            return "its path is not a relative one with forward slashes";
        }

        if (path.Any(character => char.IsControl(character) || character is '<' or '>' or '"' or '|' or '?' or '*'))
        {
            return "its path has a character that some operating system refuses";
        }

        return path.Split('/').Select(ProblemOfSegment).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Whether a file or folder of this name stays where it is: hidden, build output, an editor's settings, a key.</summary>
    public static bool StaysLocal(string name, bool isFolder) =>
        name.StartsWith('.')
        || (isFolder && name is "bin" or "obj")
        || name.EndsWith(".user", StringComparison.OrdinalIgnoreCase)
        || PrivateExtensions.Contains(Path.GetExtension(name));

    private static string? ProblemOfSegment(string segment) => segment switch
    {
        "" => "its path has an empty part",
        "." or ".." => "its path leads out of its folder",
        _ when segment[^1] is '.' or ' ' => "a part of its path ends in a dot or a space",
        _ when DeviceNames.Contains(segment.Split('.')[0]) => "a part of its path is a device on some operating system",
        _ => null,
    };
}
