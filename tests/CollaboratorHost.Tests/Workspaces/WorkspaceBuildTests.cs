using System.Diagnostics;

using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces.Tests;

[Collection("workspaces")]
public class WorkspaceBuildTests(BuiltWorkspaces built)
{
    private static readonly WorkspaceBuildOptions NoSdk = new() { DotNet = "no-such-dotnet" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Build_InTwoFolders_GivesTheSameBytes()
    {
        var (plain, nested) = (WorkspaceManifest.Read(built.Plain), WorkspaceManifest.Read(built.Nested));
        Assert.Equal(plain.Files, nested.Files);
        Assert.Equal(plain.Hash, nested.Hash);
    }

    [Fact]
    public void Build_HoldsTheUsersAssemblyAndPackages_AndNoneOfTheHosts()
    {
        Assert.Equal(
            ["build/System.IO.Hashing.dll", "build/Workspace.dll"],
            WorkspaceManifest.Read(built.Plain).Assemblies.Select(file => file.Path));
        Assert.Empty(WorkspaceManifest.Read(built.Plain).Verify(built.Plain));
    }

    [Fact]
    public void Build_LeavesNoTemporaryFolder() =>
        Assert.Equal(["Actors.Workspace.props"], Directory.GetFileSystemEntries(built.Plain.Resolve(".actors")).Select(Path.GetFileName));

    [Fact]
    public async Task Build_UnchangedSources_NeedsNoSdk()
    {
        var manifest = await new WorkspaceBuild(NoSdk).RunAsync(built.Plain, force: false, Token);
        Assert.Equal(WorkspaceManifest.Read(built.Plain).Hash, manifest.Hash);
    }

    [Fact]
    public async Task Build_ChangedSourcesWithoutSdk_SaysWhatToInstall()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        UserWorkspace.Write(layout, "src/More.cs", "class More;");
        var refused = await Assert.ThrowsAsync<WorkspaceException>(() => new WorkspaceBuild(NoSdk).RunAsync(layout, force: false, Token));
        Assert.Contains("no-such-dotnet: there is no .NET SDK", refused.Message, StringComparison.Ordinal);
        Assert.Contains("install the .NET 10 SDK, or import an archive", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_CodeWithErrors_ListsFileLineAndMessageAndKeepsTheOldBuild()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        UserWorkspace.Write(layout, "src/data/Wrong.cs", "class Wrong\n{\n    int x = \"text\";\n    int y = true;\n}\n");
        var refused = await Assert.ThrowsAsync<WorkspaceBuildException>(() => new WorkspaceBuild(new()).RunAsync(layout, force: false, Token));
        Assert.Equal(2, refused.Errors.Count);
        Assert.Contains("src/data/Wrong.cs(3): Cannot implicitly convert type 'string' to 'int' (CS0029)", refused.Errors);
        Assert.All(refused.Errors, error => Assert.Contains(error, refused.Message, StringComparison.Ordinal));
        Assert.Equal(WorkspaceManifest.Read(built.Plain).Hash, WorkspaceManifest.Read(layout).Hash);
    }

    [Fact]
    public async Task Build_TwoProjects_IsRefused()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        UserWorkspace.Write(layout, "src/Second.csproj", UserWorkspace.Project);
        var refused = await Assert.ThrowsAsync<WorkspaceException>(() => new WorkspaceBuild(new()).RunAsync(layout, force: false, Token));
        Assert.Contains("exactly one project file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_InstallationWithoutALibrary_IsRefusedByName()
    {
        var home = Directory.CreateDirectory(built.NewFolder()).FullName;
        var build = new WorkspaceBuild(new() { ActorsHome = home });
        var refused = await Assert.ThrowsAsync<WorkspaceException>(() => build.RunAsync(built.Plain, force: true, Token));
        Assert.Equal($"{home}: the library Actors.Contracts.dll is missing; install fx again or name the folder it is in.", refused.Message);
    }

    [Fact]
    public async Task DotnetBuildByHand_InAnyTree_BuildsAndChangesNothingThatWasAgreedOn()
    {
        var start = new ProcessStartInfo(new WorkspaceBuildOptions().DotNet, ["build", "src/Workspace.csproj", "-v:q", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = built.Nested.Root,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, output);
        Assert.Empty(WorkspaceManifest.Read(built.Nested).Verify(built.Nested));
    }
}
