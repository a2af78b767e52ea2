using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>
/// Builds a workspace's C# project with the machine's .NET SDK. The same sources, built with the same SDK and installation, give
/// the same bytes in any folder on any machine.
/// </summary>
/// <remarks>The user's packages are restored as the machine's NuGet configuration says. Their native libraries are taken along, those for other operating systems too.</remarks>
public sealed class WorkspaceBuild(WorkspaceBuildOptions options)
{
    /// <summary>
    /// Builds into <c>build/</c> and writes the manifest there. Does nothing when the sources and assemblies are those of the manifest.
    /// </summary>
    /// <param name="layout">The workspace.</param>
    /// <param name="force">Whether to build even so, as after an update of the installation.</param>
    /// <param name="cancellationToken">Ends the build; <c>build/</c> stays as it was.</param>
    /// <returns>The manifest that is in <c>build/</c> now.</returns>
    /// <exception cref="WorkspaceBuildException">The code has errors, or packages are not found.</exception>
    /// <exception cref="WorkspaceException">There is no SDK, a library is missing in the installation, or there is not exactly one project.</exception>
    public async Task<WorkspaceManifest> RunAsync(WorkspaceLayout layout, bool force, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(layout);
        WorkspaceProps.Write(layout, options.ActorsHome);
        if (!force && UpToDate(layout) is { } current)
        {
            return current;
        }

        var sources = WorkspaceManifest.SourcesOf(layout);
        using var compilation = await WorkspaceCompilation.RunAsync(layout, sources, options, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(layout.BuildFolder);
        foreach (var old in Directory.EnumerateFiles(layout.BuildFolder, "*.dll"))
        {
            File.Delete(old);
        }

        var natives = Path.Combine(layout.BuildFolder, "runtimes");
        if (Directory.Exists(natives))
        {
            Directory.Delete(natives, recursive: true);
        }

        foreach (var product in compilation.Products)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(layout.Resolve(product))!);
            File.Copy(compilation.PathOf(product), layout.Resolve(product));
        }

        var manifest = WorkspaceManifest.Of(layout, compilation.Sdk);
        if (!manifest.Sources.SequenceEqual(sources))
        {
            throw new WorkspaceException($"{layout.Name}: the sources changed during the build; build again.");
        }

        manifest.Write(layout);
        return manifest;
    }

    private static WorkspaceManifest? UpToDate(WorkspaceLayout layout)
    {
        try
        {
            var manifest = WorkspaceManifest.Read(layout);
            return manifest.Verify(layout).Count == 0 ? manifest : null;
        }
        catch (WorkspaceException) when (!File.Exists(layout.WorkspaceManifestFile))
        {
            return null;
        }
    }
}
