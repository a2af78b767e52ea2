namespace Actors.CollaboratorHost.Workspaces.Tests;

[Collection("workspaces")]
public class WorkspaceVerificationTests(BuiltWorkspaces built)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_UnchangedWorkspace_Agrees()
    {
        var outcome = await new WorkspaceVerification(new()).RunAsync(built.Plain, Token);
        Assert.Empty(outcome.Differences);
        Assert.True(outcome.Agrees);
        Assert.Equal(outcome.AgreedSdk, outcome.Sdk);
    }

    [Fact]
    public async Task Verify_ChangedFile_NamesItWithoutBuilding()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        UserWorkspace.Write(layout, "src/Scale.cs", "class Other;");
        var outcome = await new WorkspaceVerification(new() { DotNet = "no-such-dotnet" }).RunAsync(layout, Token);
        Assert.Equal(["src/Scale.cs (changed)"], outcome.Differences.Select(difference => difference.ToString()));
    }

    [Fact]
    public async Task Verify_AssemblyThatIsNotOfTheSources_IsNamedThoughTheManifestListsIt()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        await File.AppendAllTextAsync(layout.Resolve("build/Workspace.dll"), "!", Token);
        Contracts.Workspaces.WorkspaceManifest.Of(layout).Write(layout);
        var outcome = await new WorkspaceVerification(new()).RunAsync(layout, Token);
        Assert.Equal(["build/Workspace.dll (changed)"], outcome.Differences.Select(difference => difference.ToString()));
    }
}
