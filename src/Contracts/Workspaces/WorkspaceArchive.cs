using System.IO.Compression;

using Actors.Contracts.Models;

namespace Actors.Contracts.Workspaces;

/// <summary>
/// A workspace as one file that can be handed on: code, plan and built assemblies, and nothing that belongs to one site. Keys,
/// certificates, models, local data and state never leave; what comes in is checked before it is put in its place.
/// </summary>
public static class WorkspaceArchive
{
    /// <summary>The customary name of a workspace's archive: the workspace's name with <c>.zip</c>.</summary>
    public static string FileNameOf(WorkspaceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return $"{layout.Name}.zip";
    }

    /// <summary>Writes an archive, replacing the file. The same workspace gives the same bytes.</summary>
    /// <param name="layout">The workspace, built.</param>
    /// <param name="path">The archive's file.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <exception cref="WorkspaceException">The workspace is not built, or was changed since.</exception>
    /// <exception cref="ArchiveException">There is more data to be shipped than the bound allows.</exception>
    public static void Export(WorkspaceLayout layout, string path, ArchiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var writer = new ArchiveWriter(layout, path, options ?? new());
        AtomicFile.Write(path, writer.Write);
    }

    /// <summary>Unpacks an archive into a new folder that bears the workspace's name.</summary>
    /// <param name="path">The archive's file.</param>
    /// <param name="targetParent">The folder in which the workspace's folder is made.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <returns>The workspace that was made.</returns>
    /// <exception cref="ArchiveException">
    /// The archive is damaged, too large, holds what does not belong in it, or the workspace's folder exists and is not empty.
    /// Nothing was changed in it then.
    /// </exception>
    public static WorkspaceLayout Import(string path, string targetParent, ArchiveOptions? options = null)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            var reader = new ArchiveReader(path, zip, options ?? new());
            reader.CheckEntries();
            return Unpack(path, reader, targetParent);
        }
        catch (InvalidDataException problem)
        {
            throw new ArchiveException(path, null, $"the file is no readable zip archive ({problem.Message})", "copy it again", problem);
        }
    }

    // Everything is unpacked and checked beside the target, which is touched by one rename only.
    private static WorkspaceLayout Unpack(string path, ArchiveReader reader, string targetParent)
    {
        var target = new WorkspaceLayout(Path.Combine(targetParent, reader.WorkspaceName));
        if (File.Exists(target.Root) || (Directory.Exists(target.Root) && Directory.EnumerateFileSystemEntries(target.Root).Any()))
        {
            throw new ArchiveException(
                path, null, $"the folder {target.Root} exists and is not empty", "move it away or import into another folder");
        }

        Directory.CreateDirectory(targetParent);
        var temporary = new WorkspaceLayout(Path.Combine(targetParent, $".{target.Name}.{Guid.NewGuid():n}.tmp"));
        try
        {
            reader.UnpackTo(temporary.Root);
            RequireIntact(path, temporary);
            if (Directory.Exists(target.Root))
            {
                Directory.Delete(target.Root);
            }

            Directory.Move(temporary.Root, target.Root);
            return target;
        }
        finally
        {
            if (Directory.Exists(temporary.Root))
            {
                Directory.Delete(temporary.Root, recursive: true);
            }
        }
    }

    private static void RequireIntact(string path, WorkspaceLayout unpacked)
    {
        try
        {
            WorkspaceManifest.Read(unpacked).RequireSame(unpacked);
        }
        catch (WorkspaceException problem)
        {
            throw new ArchiveException(
                path, ArchivePlaces.BuildManifest, "the workspace in it is not the one that was built", "ask for a new archive", problem);
        }
    }
}
