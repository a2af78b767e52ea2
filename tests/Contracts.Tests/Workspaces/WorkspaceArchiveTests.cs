using System.IO.Compression;

using Actors.Contracts.Workspaces;

namespace Actors.Contracts.Workspaces.Tests;

public sealed class WorkspaceArchiveTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Export_HoldsCodePlanAndBuild_AndNothingOfOneSite()
    {
        Assert.Equal(
            [
                ".workspace", "build/Workspace.dll", "build/workspace.json", "data/", "logs/", "plan/cols.yaml", "plan/data.yaml",
                "plan/plan.yaml", "save/", "src/Workspace.csproj", "src/nets/Net.cs", "archive.json",
            ],
            Entries(Export()));
    }

    [Fact]
    public void Export_DataYaml_IsItsHeaderOnly()
    {
        using var zip = ZipFile.OpenRead(Export());
        using var text = new StreamReader(zip.GetEntry("plan/data.yaml")!.Open());
        var lines = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.StartsWith("#", line, StringComparison.Ordinal));
        Assert.Contains("'name,path'", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Export_Twice_HasTheSameBytes()
    {
        var first = File.ReadAllBytes(Export());
        File.SetLastWriteTimeUtc(_workspace.Layout.Resolve("src/nets/Net.cs"), new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Assert.Equal(first, File.ReadAllBytes(Export()));
    }

    [Fact]
    public void Export_ShipsData_OnlyWhenTheMarkerSaysSo()
    {
        _workspace.Write(".workspace", "current_plan_name: default\nship_data: true\n");
        Assert.Contains("data/local.csv", Entries(Export()));
        var refused = Assert.Throws<ArchiveException>(() =>
            WorkspaceArchive.Export(_workspace.Layout, _workspace.Archive, new() { MaximumDataBytes = 2 }));
        Assert.Contains("has 3 bytes, allowed are 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_ChangedSinceTheBuild_IsRefused()
    {
        _workspace.Write("src/nets/Net.cs", "sealed class Other;");
        var refused = Assert.Throws<WorkspaceException>(Export);
        Assert.Contains("src/nets/Net.cs (changed)", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_workspace.Archive));
    }

    [Fact]
    public void Export_OfNoWorkspace_IsRefused()
    {
        File.Delete(_workspace.Layout.MarkerFile);
        Assert.Contains("this is no workspace", Assert.Throws<WorkspaceException>(Export).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_OfExport_IsTheSameWorkspace()
    {
        var imported = WorkspaceArchive.Import(Export(), _workspace.Folder.At("there"));
        Assert.Equal(_workspace.Folder.At("there", "demo"), imported.Root);
        Assert.Empty(WorkspaceManifest.Read(_workspace.Layout).Verify(imported));
        Assert.Equal(File.ReadAllText(_workspace.Layout.PlanFile), File.ReadAllText(imported.PlanFile));
        Assert.All([imported.SaveFolder, imported.LogFolder, imported.DataFolder], folder => Assert.True(Directory.Exists(folder)));
        Assert.False(File.Exists(Path.Combine(imported.Root, "archive.json")));
        Assert.Equal([imported.Root], Directory.GetFileSystemEntries(_workspace.Folder.At("there")));
    }

    [Fact]
    public void Import_RenamedArchive_StillMakesTheWorkspacesFolder()
    {
        File.Move(Export(), _workspace.Folder.At("demo (1).zip"));
        Assert.Equal("demo", WorkspaceArchive.Import(_workspace.Folder.At("demo (1).zip"), _workspace.Folder.At("there")).Name);
    }

    [Fact]
    public void Import_OverAFolderWithSomethingInIt_IsRefusedAndChangesNothing()
    {
        _workspace.Folder.Write("there/demo/mine.txt", "mine");
        var refused = Assert.Throws<ArchiveException>(() => WorkspaceArchive.Import(Export(), _workspace.Folder.At("there")));
        Assert.Contains("exists and is not empty; move it away", refused.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_workspace.Folder.At("there", "demo")));
    }

    [Fact]
    public void Import_IntoAnEmptyFolderOfThatName_Works()
    {
        Directory.CreateDirectory(_workspace.Folder.At("there", "demo"));
        Assert.True(File.Exists(WorkspaceArchive.Import(Export(), _workspace.Folder.At("there")).MarkerFile));
    }

    private string Export()
    {
        WorkspaceArchive.Export(_workspace.Layout, _workspace.Archive);
        return _workspace.Archive;
    }

    private static string[] Entries(string archive)
    {
        using var zip = ZipFile.OpenRead(archive);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }
}
