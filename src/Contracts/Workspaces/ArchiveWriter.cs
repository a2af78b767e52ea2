using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Actors.Contracts.Workspaces;

/// <summary>Writes a workspace's archive.</summary>
internal sealed class ArchiveWriter(WorkspaceLayout layout, string path, ArchiveOptions options)
{
    private const int FileMode = 0b1000_000_110_100_100 << 16; // a regular file, rw-r--r--
    private const int FolderMode = (0b0100_000_111_101_101 << 16) | 0x10; // a folder, rwxr-xr-x

    // The first moment a zip archive can name; an entry's age is nobody's business and would change the bytes.
    private static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Write(Stream stream)
    {
        var entries = Entries();
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entryPath in ArchivePlaces.Folders.Concat(entries.Keys).Order(StringComparer.Ordinal))
        {
            using var content = entries.TryGetValue(entryPath, out var open) ? open() : null;
            Add(zip, entryPath, content);
        }

        using var manifest = new MemoryStream(Manifest(entries));
        Add(zip, ArchivePlaces.ManifestEntry, manifest);
    }

    private static void Add(ZipArchive zip, string entryPath, Stream? content)
    {
        // Stored, not deflated: deflated bytes differ from one version of the runtime to another.
        var entry = zip.CreateEntry(entryPath, CompressionLevel.NoCompression);
        entry.LastWriteTime = Always;
        entry.ExternalAttributes = content is null ? FolderMode : FileMode;
        if (content is not null)
        {
            using var target = entry.Open();
            content.CopyTo(target);
        }
    }

    private Dictionary<string, Func<Stream>> Entries()
    {
        var shipsData = WorkspaceMarker.ShipsData(layout);
        var manifest = WorkspaceManifest.Read(layout);
        manifest.RequireSame(layout);

        List<string> files =
        [
            ArchivePlaces.Marker,
            ArchivePlaces.BuildManifest,
            .. manifest.Files.Select(file => file.Path),
            .. SharedFiles.Below(layout, "plan"),
            .. shipsData ? Data() : [],
        ];
        var entries = files.ToDictionary(file => file, file => new Func<Stream>(() => File.OpenRead(layout.Resolve(file))));
        entries[ArchivePlaces.DataEntry] = () => new MemoryStream(Encoding.UTF8.GetBytes(ArchivePlaces.DataHeader));
        return entries;
    }

    private string[] Data()
    {
        var files = SharedFiles.Below(layout, "data").ToArray();
        var bytes = files.Sum(file => new FileInfo(layout.Resolve(file)).Length);
        return bytes <= options.MaximumDataBytes
            ? files
            : throw new ArchiveException(
                path,
                "data/",
                $"the data that .workspace says to ship has {bytes} bytes, allowed are {options.MaximumDataBytes}",
                "remove 'ship_data: true' from .workspace, or local data from data/");
    }

    private byte[] Manifest(Dictionary<string, Func<Stream>> entries)
    {
        var files = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
        {
            using var content = entry.Value();
            return new WorkspaceFile(entry.Key, content.Length, FileDigest.Of(content));
        });
        var message = new ArchiveManifestMessage(layout.Name, ArchivePlaces.Folders, FileListMessage.Of(files));
        return JsonSerializer.SerializeToUtf8Bytes(message, WorkspaceJson.Default.ArchiveManifestMessage);
    }
}
