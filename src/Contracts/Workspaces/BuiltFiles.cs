namespace Actors.Contracts.Workspaces;

/// <summary>
/// Which files below <c>build/</c> are agreed on: assemblies, and the native libraries of the user's packages for every
/// operating system, <c>build/runtimes/linux-x64/native/libexample.so</c>.
/// </summary>
public static class BuiltFiles
{
    /// <summary>Whether a path, relative to the workspace, is of such a file.</summary>
    public static bool Include(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var segments = path.Split('/');
        return segments is ["build", .., var file]
            && file.Length > 0
            && (file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || segments is ["build", "runtimes", _, "native", ..]);
    }
}
