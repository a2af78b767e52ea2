using System.Runtime.InteropServices;

using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>The native libraries of a workspace's packages, of which those for this machine can be loaded.</summary>
/// <remarks>
/// A library is loaded from its file, since the system's loader takes no bytes; its digest, and those of the libraries beside it
/// that it may need, are checked just before.
/// </remarks>
internal sealed class NativeLibraries(WorkspaceLayout layout, WorkspaceManifest manifest)
{
    private readonly Dictionary<string, WorkspaceFile> _agreed = manifest.Assemblies.ToDictionary(file => file.Path, StringComparer.Ordinal);

    /// <summary>The full path of a library; null when the workspace has none of this name for this machine.</summary>
    /// <param name="name">As code names it: <c>example</c>, or <c>libexample.so</c>.</param>
    /// <exception cref="WorkspaceLoadException">It, or one beside it, is not the agreed one.</exception>
    public string? Find(string name)
    {
        var found = Runtimes().SelectMany(runtime => FileNames(name).Select(file => $"build/runtimes/{runtime}/native/{file}"))
            .FirstOrDefault(_agreed.ContainsKey);
        if (found is null)
        {
            return null;
        }

        var folder = found[..(found.LastIndexOf('/') + 1)];
        foreach (var file in _agreed.Values.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)))
        {
            RequireAgreed(file);
        }

        return layout.Resolve(found);
    }

    /// <summary>The names of runtimes that fit this machine, the nearest first.</summary>
    internal static IEnumerable<string> Runtimes()
    {
        var own = RuntimeInformation.RuntimeIdentifier;
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string[] musl = own.Contains("musl", StringComparison.Ordinal) || own.StartsWith("alpine", StringComparison.Ordinal)
            ? [$"linux-musl-{processor}"]
            : [];
        string[] unix = OperatingSystem.IsWindows() ? [] : [$"unix-{processor}", "unix"];
        return [own, .. musl, $"{system}-{processor}", system, .. unix, "any"];
    }

    // The names that the runtime itself tries for a name in code.
    private static string[] FileNames(string name) =>
        name.AsSpan().ContainsAny('/', '\\') ? []
        : OperatingSystem.IsWindows() ? [name, $"{name}.dll"]
        : OperatingSystem.IsMacOS() ? [name, $"lib{name}.dylib", $"{name}.dylib", $"lib{name}"]
        : [name, $"lib{name}.so", $"{name}.so", $"lib{name}"];

    private void RequireAgreed(WorkspaceFile file)
    {
        try
        {
            using var stream = File.OpenRead(layout.Resolve(file.Path));
            if (FileDigest.Of(stream) != file.Digest)
            {
                throw new WorkspaceLoadException(
                    $"{layout.Name}: {file.Path} is not the library that was agreed on; import the workspace again or build it.");
            }
        }
        catch (IOException problem)
        {
            throw new WorkspaceLoadException(
                $"{layout.Name}: {file.Path} cannot be loaded ({problem.Message}); import the workspace again or build it.", problem);
        }
    }
}
