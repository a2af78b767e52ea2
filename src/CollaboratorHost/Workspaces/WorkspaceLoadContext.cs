using System.Reflection;
using System.Runtime.Loader;

using Actors.Contracts.Workspaces;
using Actors.Learning;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>
/// Loads the assemblies of a workspace's manifest, and no others, from bytes whose digest was checked: a file that is swapped
/// between check and load changes nothing. What host and workspace share comes from the host.
/// </summary>
/// <remarks>This keeps versions apart, it is no sandbox: the code is trusted by agreement.</remarks>
internal sealed class WorkspaceLoadContext(WorkspaceLayout layout, WorkspaceManifest manifest)
    : AssemblyLoadContext(layout.Name, isCollectible: true)
{
    private readonly Dictionary<string, WorkspaceFile> _agreed = manifest.Assemblies
        .Where(file => Path.GetDirectoryName(file.Path) == "build")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Path), StringComparer.OrdinalIgnoreCase);

    private readonly NativeLibraries _natives = new(layout, manifest);

    /// <summary>Loads all assemblies of the manifest.</summary>
    /// <exception cref="WorkspaceLoadException">One is missing, changed, or no assembly.</exception>
    public IReadOnlyList<Assembly> LoadAll() => [.. _agreed.Keys.Order(StringComparer.Ordinal).Select(LoadAgreed)];

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Owns(assemblyName.Name))
        {
            var host = GetLoadContext(typeof(TaskRunner).Assembly) ?? Default;
            return host.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        }

        return assemblyName.Name is { } name && _agreed.ContainsKey(name) ? LoadAgreed(name) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _natives.Find(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : base.LoadUnmanagedDll(unmanagedDllName);

    private Assembly LoadAgreed(string name)
    {
        if (Assemblies.FirstOrDefault(loaded => string.Equals(loaded.GetName().Name, name, StringComparison.OrdinalIgnoreCase)) is { } present)
        {
            return present;
        }

        var file = _agreed[name];
        try
        {
            var bytes = File.ReadAllBytes(layout.Resolve(file.Path));
            if (FileDigest.Of(bytes) != file.Digest)
            {
                throw new WorkspaceLoadException(
                    $"{layout.Name}: {file.Path} is not the assembly that was agreed on; import the workspace again or build it.");
            }

            return LoadFromStream(new MemoryStream(bytes));
        }
        catch (Exception problem) when (problem is IOException or BadImageFormatException)
        {
            throw new WorkspaceLoadException(
                $"{layout.Name}: {file.Path} cannot be loaded ({problem.Message}); import the workspace again or build it.", problem);
        }
    }
}
