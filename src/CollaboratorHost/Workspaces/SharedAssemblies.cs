namespace Actors.CollaboratorHost.Workspaces;

/// <summary>
/// The assemblies that host and workspace must share, because objects of their types pass between them. They are part of the
/// installation; a workspace compiles against them and never brings its own.
/// </summary>
internal static class SharedAssemblies
{
    /// <summary>What a workspace's project refers to.</summary>
    public static readonly IReadOnlyList<string> References =
        ["Actors.Contracts", "Actors.Learning", "TorchSharp", "Google.Protobuf"];

    /// <summary>Whether the host's copy of an assembly is the only one.</summary>
    public static bool Owns(string? name) =>
        name is "TorchSharp" or "Google.Protobuf" or "SkiaSharp" or "ICSharpCode.SharpZipLib"
        || (name?.StartsWith("Actors.", StringComparison.Ordinal) ?? false);
}
