using System.IO.Compression;
using System.Text.Json;

using Actors.Contracts.Identity;

namespace Actors.Contracts.Workspaces;

/// <summary>Reads a workspace's archive and trusts nothing in it.</summary>
internal sealed class ArchiveReader(string path, ZipArchive zip, ArchiveOptions options)
{
    private readonly Dictionary<string, WorkspaceFile> _listed = new(StringComparer.Ordinal);
    private readonly ArchiveInflater _inflater = new(path, options);
    private string _name = "";

    /// <summary>The workspace's name; known after <see cref="CheckEntries"/>.</summary>
    public string WorkspaceName => _name;

    /// <summary>Checks all that can be checked without unpacking: names, places, kinds, and that the list and the entries agree.</summary>
    public void CheckEntries()
    {
        if (zip.Entries.Count > options.MaximumEntries)
        {
            throw Refuse(
                null, $"it has {zip.Entries.Count} entries, allowed are {options.MaximumEntries}", "raise the bound if you trust its sender");
        }

        ArchiveNames.Check(path, zip);
        var folders = ReadManifest();
        foreach (var entry in zip.Entries)
        {
            var isListed = entry.FullName.EndsWith('/')
                ? folders.Contains(entry.FullName)
                : entry.FullName is ArchivePlaces.ManifestEntry || _listed.ContainsKey(entry.FullName);
            if (!isListed)
            {
                throw Refuse(entry.FullName, $"{ArchivePlaces.ManifestEntry} does not list it", "ask for a new archive");
            }
        }

        foreach (var missing in _listed.Keys.Concat(folders).Where(listed => zip.GetEntry(listed) is null))
        {
            throw Refuse(missing, $"{ArchivePlaces.ManifestEntry} lists it, but it is not there", "copy the archive again");
        }
    }

    /// <summary>Unpacks all entries into a new folder, checking each digest.</summary>
    public void UnpackTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName is not ArchivePlaces.ManifestEntry))
        {
            var target = Path.Combine(folder, entry.FullName);
            if (entry.FullName.EndsWith('/'))
            {
                Directory.CreateDirectory(target);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using (var file = new FileStream(target, FileMode.CreateNew))
            {
                _inflater.Inflate(entry, file);
            }

            if (WorkspaceFile.Of(new(folder), entry.FullName) != _listed[entry.FullName])
            {
                throw Refuse(entry.FullName, $"its bytes are not those that {ArchivePlaces.ManifestEntry} lists", "copy the archive again");
            }
        }
    }

    private IReadOnlyList<string> ReadManifest()
    {
        var entry = zip.GetEntry(ArchivePlaces.ManifestEntry)
            ?? throw Refuse(ArchivePlaces.ManifestEntry, "it is missing", "make the archive with 'fx workspace export'");
        using var bytes = new MemoryStream();
        _inflater.Inflate(entry, bytes);
        try
        {
            var message = JsonSerializer.Deserialize(bytes.ToArray(), WorkspaceJson.Default.ArchiveManifestMessage)
                ?? throw new JsonException("it is empty");
            _name = IdentifierRule.Require(message.Workspace, "workspace");
            foreach (var file in FileListMessage.Parse(message.Files))
            {
                _listed.Add(file.Path, file);
            }

            return message.Folders.All(folder => folder is not null)
                ? message.Folders
                : throw new FormatException("an entry of its list is empty");
        }
        catch (Exception problem) when (problem is JsonException or FormatException or ArgumentException)
        {
            throw Refuse(ArchivePlaces.ManifestEntry, $"it is damaged ({problem.Message})", "ask for a new archive", problem);
        }
    }

    private ArchiveException Refuse(string? entry, string problem, string remedy, Exception? cause = null) =>
        new(path, entry, problem, remedy, cause);
}
