using System.Text.Json.Serialization;

namespace Actors.Contracts.Workspaces;

/// <summary>How lists of files are written: indented, so that a person can read and compare them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    NewLine = "\n",
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkspaceManifestMessage))]
[JsonSerializable(typeof(ArchiveManifestMessage))]
internal sealed partial class WorkspaceJson : JsonSerializerContext;

/// <summary><c>build/workspace.json</c>. The hash is for the reader; it is computed again from the files.</summary>
internal sealed record WorkspaceManifestMessage(string Hash, IReadOnlyList<FileListMessage> Files, string? Sdk = null);

/// <summary><c>archive.json</c>: every entry of an archive but itself.</summary>
internal sealed record ArchiveManifestMessage(string Workspace, IReadOnlyList<string> Folders, IReadOnlyList<FileListMessage> Files);
