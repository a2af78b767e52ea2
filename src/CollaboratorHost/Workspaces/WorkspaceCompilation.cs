using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>
/// Compiles a copy of a workspace's listed sources in a folder of its own, so that what is built is what is listed, and nothing
/// of the place it is built in reaches the bytes. Disposing removes the folder.
/// </summary>
internal sealed class WorkspaceCompilation : IDisposable
{
    private readonly WorkspaceLayout _origin;
    private readonly WorkspaceLayout _copy;

    private WorkspaceCompilation(WorkspaceLayout origin)
    {
        _origin = origin;
        _copy = new(origin.Resolve($".actors/build.{Guid.NewGuid():n}"));
    }

    /// <summary>The version of the SDK that compiled.</summary>
    public string Sdk { get; private set; } = "";

    /// <summary>
    /// The user's assembly, those of the user's packages and their native libraries, relative to the workspace; in no order.
    /// </summary>
    public IEnumerable<string> Products => Directory.EnumerateFiles(_copy.BuildFolder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_copy.Root, file).Replace('\\', '/'))
        .Where(path => BuiltFiles.Include(path) && (IsNative(path) || IsUsers(path)));

    /// <summary>Compiles.</summary>
    /// <exception cref="WorkspaceBuildException">The code has errors, or packages are not found.</exception>
    /// <exception cref="WorkspaceException">There is no SDK, no project, or more than one.</exception>
    public static async Task<WorkspaceCompilation> RunAsync(
        WorkspaceLayout layout, IEnumerable<WorkspaceFile> sources, WorkspaceBuildOptions options, CancellationToken cancellationToken)
    {
        var compilation = new WorkspaceCompilation(layout);
        try
        {
            var paths = sources.Select(source => source.Path).ToList();
            var project = compilation.Copy(paths);
            WorkspaceProps.Write(compilation._copy, options.ActorsHome);
            await compilation.CompileAsync(project, paths, new(options.DotNet), cancellationToken).ConfigureAwait(false);
            return compilation;
        }
        catch
        {
            compilation.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(_copy.Root))
        {
            Directory.Delete(_copy.Root, recursive: true);
        }
    }

    /// <summary>Where one of <see cref="Products"/> is, until this is disposed.</summary>
    public string PathOf(string product) => _copy.Resolve(product);

    private static bool IsNative(string path) => path.Split('/') is ["build", "runtimes", _, "native", ..];

    // An assembly for one operating system only lies deeper; the one that serves all is taken.
    private static bool IsUsers(string path) =>
        path.Split('/') is ["build", var file] && !SharedAssemblies.Owns(Path.GetFileNameWithoutExtension(file));

    private string Copy(List<string> paths)
    {
        if (paths.Where(path => path.Count(c => c == '/') == 1 && path.EndsWith(".csproj", StringComparison.Ordinal)).ToList() is not [var project])
        {
            throw new WorkspaceException($"{_origin.Name}: src/ needs exactly one project file; keep src/Workspace.csproj and no other.");
        }

        foreach (var path in paths)
        {
            var target = _copy.Resolve(path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(_origin.Resolve(path), target);
        }

        File.WriteAllText(_copy.Resolve(".editorconfig"), "root = true\n");
        return project;
    }

    private async Task CompileAsync(string project, List<string> paths, DotNetSdk sdk, CancellationToken cancellationToken)
    {
        Sdk = await sdk.VersionAsync(_copy.Root, cancellationToken).ConfigureAwait(false);
        var arguments = BuildArguments.For(_copy, project, paths);
        var (exitCode, output) = await sdk.RunAsync(_copy.Root, arguments, cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new WorkspaceBuildException(_origin.Name, BuildErrors.In(output, _copy.Root));
        }
    }
}
