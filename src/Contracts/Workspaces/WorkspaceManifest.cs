using System.Collections.Immutable;
using System.Text.Json;

using Actors.Contracts.Models;

namespace Actors.Contracts.Workspaces;

/// <summary>
/// The user's code as agreed on: every source file (<c>src/**</c>) and every built assembly and native library
/// (<see cref="BuiltFiles"/>) with its digest, sorted by path. It lies beside the assemblies in <c>build/workspace.json</c>.
/// </summary>
public sealed class WorkspaceManifest
{
    private WorkspaceManifest(IEnumerable<WorkspaceFile> files, string? sdk)
    {
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        (Hash, Sdk) = (WorkspaceHash.Of(Files), sdk);
    }

    /// <summary>Sources and assemblies, sorted by path.</summary>
    public ImmutableArray<WorkspaceFile> Files { get; }

    /// <summary>The sources alone.</summary>
    public IEnumerable<WorkspaceFile> Sources => Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>The built assemblies and native libraries alone.</summary>
    public IEnumerable<WorkspaceFile> Assemblies => Files.Where(file => file.Path.StartsWith("build/", StringComparison.Ordinal));

    /// <summary>The hash of <see cref="Files"/>.</summary>
    public WorkspaceHash Hash { get; }

    /// <summary>The version of the SDK that built the assemblies; null when unknown. Not part of the hash.</summary>
    public string? Sdk { get; }

    /// <summary>Lists what is in a workspace now.</summary>
    /// <exception cref="WorkspaceException">A file is a link, or has a name that cannot be used on every operating system.</exception>
    public static WorkspaceManifest Of(WorkspaceLayout layout, string? sdk = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new(SourcesOf(layout).Concat(AssembliesOf(layout)), sdk);
    }

    /// <summary>Lists the sources in a workspace now.</summary>
    /// <exception cref="WorkspaceException">As for <see cref="Of"/>.</exception>
    public static IReadOnlyList<WorkspaceFile> SourcesOf(WorkspaceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return [.. SharedFiles.Below(layout, "src").Select(path => WorkspaceFile.Of(layout, path))];
    }

    /// <summary>Reads the workspace's manifest file.</summary>
    /// <exception cref="WorkspaceException">There is none, or it is damaged.</exception>
    public static WorkspaceManifest Read(WorkspaceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (!File.Exists(layout.WorkspaceManifestFile))
        {
            throw new WorkspaceException(
                $"{layout.Name}: the workspace is not built, {layout.WorkspaceManifestFile} is missing; run 'fx plan initialize'.");
        }

        try
        {
            var message = JsonSerializer.Deserialize(
                File.ReadAllBytes(layout.WorkspaceManifestFile), WorkspaceJson.Default.WorkspaceManifestMessage);
            return message is null ? throw new JsonException("it is empty") : new(FileListMessage.Parse(message.Files), message.Sdk);
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            throw new WorkspaceException(
                $"{layout.WorkspaceManifestFile}: the manifest is damaged ({problem.Message}); build the workspace again.", problem);
        }
    }

    /// <summary>Writes the workspace's manifest file. Equal manifests are written as equal bytes.</summary>
    public void Write(WorkspaceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var message = new WorkspaceManifestMessage(Hash.ToString(), FileListMessage.Of(Files), Sdk);
        AtomicFile.Write(
            layout.WorkspaceManifestFile,
            stream => JsonSerializer.Serialize(stream, message, WorkspaceJson.Default.WorkspaceManifestMessage));
    }

    /// <summary>Every file of the workspace that is missing, changed, or there without being listed; empty when all is as agreed on.</summary>
    public IReadOnlyList<FileDifference> Verify(WorkspaceLayout layout) => FileDifference.Between(Files, Of(layout).Files);

    /// <summary>Does nothing when the workspace is as agreed on.</summary>
    /// <exception cref="WorkspaceException">It is not; the message names every file of <see cref="Verify"/>.</exception>
    public void RequireSame(WorkspaceLayout layout)
    {
        var differences = Verify(layout);
        if (differences.Count > 0)
        {
            throw new WorkspaceException(
                $"{layout.Name}: the workspace is not the one that was built: {string.Join(", ", differences)}; build it again or restore the files.");
        }
    }

    private static IEnumerable<WorkspaceFile> AssembliesOf(WorkspaceLayout layout) =>
        SharedFiles.Below(layout, "build")
            .Where(BuiltFiles.Include)
            .Select(path => WorkspaceFile.Of(layout, path));
}
