namespace Actors.Cli.Rehearsals;

/// <summary>Copies folders.</summary>
internal static class FolderCopy
{
    /// <summary>Copies a folder with all it holds; permissions of files stay.</summary>
    /// <param name="from">The folder.</param>
    /// <param name="to">Its copy; made.</param>
    /// <param name="skip">Folders of these names are left out.</param>
    public static void Copy(string from, string to, params ReadOnlySpan<string> skip)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (!skip.Contains(Path.GetFileName(folder)))
            {
                Copy(folder, Path.Combine(to, Path.GetFileName(folder)), skip);
            }
        }
    }
}
