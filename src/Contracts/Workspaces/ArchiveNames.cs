using System.IO.Compression;

namespace Actors.Contracts.Workspaces;

/// <summary>Refuses entries by their names and kinds, before anything is unpacked.</summary>
internal static class ArchiveNames
{
    private const int KindMask = 0b1111_000_000_000_000;
    private const int RegularFile = 0b1000_000_000_000_000;
    private const int Folder = 0b0100_000_000_000_000;

    /// <summary>Checks every entry, and that no two are one on a system that ignores case.</summary>
    /// <exception cref="ArchiveException">The first entry that is refused.</exception>
    public static void Check(string archive, ZipArchive zip)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in zip.Entries)
        {
            if (ProblemOf(entry) is { } problem)
            {
                throw new ArchiveException(archive, entry.FullName, problem, "ask for an archive made with 'fx workspace export'");
            }

            if (!names.Add(entry.FullName.TrimEnd('/')))
            {
                throw new ArchiveException(
                    archive, entry.FullName, "another entry has this name, upper and lower case aside", "ask for a new archive");
            }
        }

        var files = zip.Entries.Select(entry => entry.FullName).Where(name => !name.EndsWith('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in zip.Entries)
        {
            if (ParentsOf(entry.FullName).FirstOrDefault(files.Contains) is { } file)
            {
                throw new ArchiveException(archive, entry.FullName, $"it lies below '{file}', which is a file", "ask for a new archive");
            }
        }
    }

    private static string? ProblemOf(ZipArchiveEntry entry)
    {
        var kind = (entry.ExternalAttributes >> 16) & KindMask;
        var isFolder = entry.FullName.EndsWith('/');
        if (kind != 0 && kind != (isFolder ? Folder : RegularFile))
        {
            return "it is a link or some other special file";
        }

        if (entry.IsEncrypted)
        {
            return "it is encrypted";
        }

        if (isFolder && entry.Length != 0)
        {
            return "it is a folder with bytes of its own";
        }

        return WorkspacePath.ProblemOf(isFolder ? entry.FullName[..^1] : entry.FullName)
            ?? (ArchivePlaces.Allow(entry.FullName) ? null : "it does not belong in a workspace's archive");
    }

    private static IEnumerable<string> ParentsOf(string path)
    {
        for (var slash = path.TrimEnd('/').LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }
}
