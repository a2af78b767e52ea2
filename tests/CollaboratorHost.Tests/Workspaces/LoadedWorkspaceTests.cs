using System.Runtime.CompilerServices;

using Actors.Contracts.Workspaces;
using Actors.Learning;

namespace Actors.CollaboratorHost.Workspaces.Tests;

[Collection("workspaces")]
public class LoadedWorkspaceTests(BuiltWorkspaces built)
{
    [Theory]
    [InlineData("Demo.Scale")]
    [InlineData("Scale")]
    [InlineData("src.scale.Scale")]
    public void TaskRunnerNamed_FullSimpleOrDottedName_IsTheClass(string template)
    {
        using var workspace = LoadedWorkspace.Load(built.Plain);
        Assert.Equal("Demo.Scale", workspace.TaskRunnerNamed(template).FullName);
    }

    [Fact]
    public void Runner_IsTheHostsKind_AndUsesTheUsersPackage()
    {
        using var workspace = LoadedWorkspace.Load(built.Plain);
        var type = workspace.TaskRunnerNamed("Scale");
        using var runner = Assert.IsAssignableFrom<TaskRunner>(Activator.CreateInstance(type));
        runner.WriteModelTensor(0, [0, 0, 128, 63]);
        var bytes = new byte[4];
        runner.ReadModelTensor(0, bytes);
        Assert.Equal([0, 0, 128, 63], bytes);
        Assert.NotEqual(0u, type.GetProperty("Checksum")!.GetValue(runner));
        Assert.NotSame(typeof(System.IO.Hashing.Crc32).Assembly, type.Assembly);
    }

    [Fact]
    public void Runner_KnowsNothingOfTheFolderItWasBuiltIn()
    {
        using var workspace = LoadedWorkspace.Load(built.Plain);
        var type = workspace.TaskRunnerNamed("Scale");
        using var runner = (TaskRunner)Activator.CreateInstance(type)!;
        Assert.Equal("/workspace/src/Scale.cs", type.GetProperty("Source")!.GetValue(runner));
    }

    [Fact]
    public void DataLoaderNamed_InternalClass_IsFound()
    {
        using var workspace = LoadedWorkspace.Load(built.Plain);
        var loader = Assert.IsAssignableFrom<DataLoader>(Activator.CreateInstance(workspace.DataLoaderNamed("Numbers")));
        Assert.Equal(3, loader.TrainSampleCount);
    }

    [Fact]
    public void Named_UnknownClass_ListsTheKnownOnes()
    {
        using var workspace = LoadedWorkspace.Load(built.Plain);
        var runner = Assert.Throws<WorkspaceLoadException>(() => workspace.TaskRunnerNamed("src.net.Cnn"));
        Assert.Equal("demo: no TaskRunner is called 'src.net.Cnn'; the workspace has Demo.Scale.", runner.Message);
        var loader = Assert.Throws<WorkspaceLoadException>(() => workspace.DataLoaderNamed("Scale"));
        Assert.Equal("demo: no DataLoader is called 'Scale'; the workspace has Demo.Numbers.", loader.Message);
        Assert.Throws<WorkspaceLoadException>(() => workspace.TaskRunnerNamed("Base"));
    }

    [Fact]
    public void Load_TamperedAssembly_IsRefused()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        File.AppendAllText(layout.Resolve("build/Workspace.dll"), "!");
        var refused = Assert.Throws<WorkspaceLoadException>(() => LoadedWorkspace.Load(layout));
        Assert.Equal(
            "demo: build/Workspace.dll is not the assembly that was agreed on; import the workspace again or build it.", refused.Message);
    }

    [Fact]
    public void Load_TamperedPackage_IsRefused()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        File.AppendAllText(layout.Resolve("build/System.IO.Hashing.dll"), "!");
        Assert.Throws<WorkspaceLoadException>(() => LoadedWorkspace.Load(layout));
    }

    [Fact]
    public void Load_AgreedFileThatIsNoAssemblyOrMissing_IsRefused()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        UserWorkspace.Write(layout, "build/Workspace.dll", "no assembly");
        WorkspaceManifest.Of(layout).Write(layout);
        Assert.Contains("cannot be loaded", Assert.Throws<WorkspaceLoadException>(() => LoadedWorkspace.Load(layout)).Message, StringComparison.Ordinal);
        File.Delete(layout.Resolve("build/Workspace.dll"));
        Assert.Contains("cannot be loaded", Assert.Throws<WorkspaceLoadException>(() => LoadedWorkspace.Load(layout)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnlistedAssembly_IsNotLoaded()
    {
        var layout = UserWorkspace.Copy(built.Plain, built.NewFolder());
        File.Copy(layout.Resolve("build/Workspace.dll"), layout.Resolve("build/Extra.dll"));
        using var workspace = LoadedWorkspace.Load(layout);
        Assert.Single(workspace.TaskRunners);
    }

    [Fact]
    public void Dispose_LetsTheAssembliesGo()
    {
        var assembly = LoadAndDispose(built.Plain);
        for (var i = 0; assembly.IsAlive && i < 20; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(assembly.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LoadAndDispose(WorkspaceLayout layout)
    {
        using var workspace = LoadedWorkspace.Load(layout);
        return new(workspace.TaskRunnerNamed("Scale").Assembly);
    }
}
