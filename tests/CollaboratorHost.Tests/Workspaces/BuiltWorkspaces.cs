using Actors.CollaboratorHost.Workspaces.Tests;
using Actors.Contracts.Workspaces;

[assembly: AssemblyFixture(typeof(BuiltWorkspaces))]

namespace Actors.CollaboratorHost.Workspaces.Tests;

/// <summary>The same sources, built once in each of two folders; the second lies in a tree whose settings would break or change the build.</summary>
public sealed class BuiltWorkspaces : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workspaces-").FullName;

    public WorkspaceLayout Plain { get; private set; } = null!;

    public WorkspaceLayout Nested { get; private set; } = null!;

    public string NewFolder() => Path.Combine(_folder, Guid.NewGuid().ToString("n"), "demo");

    public async ValueTask InitializeAsync()
    {
        Plain = UserWorkspace.Create(Path.Combine(_folder, "plain", "demo"));
        var tree = Directory.CreateDirectory(Path.Combine(_folder, "a tree, with=signs"));
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            await File.WriteAllTextAsync(Path.Combine(tree.FullName, name), "<Project><Import Project=\"missing\" /></Project>");
        }

        Nested = UserWorkspace.Create(Path.Combine(tree.FullName, "other name"));
        var build = new WorkspaceBuild(new());
        await build.RunAsync(Plain, force: false, TestContext.Current.CancellationToken);
        await build.RunAsync(Nested, force: false, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
