using System.Security.Cryptography;
using System.Text;

using Actors.Contracts.Workspaces;

namespace Actors.Contracts.Workspaces.Tests;

public sealed class WorkspaceManifestTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();

    private WorkspaceLayout Layout => _workspace.Layout;

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Of_ListsSourcesAndAssembliesSortedAndNothingElse() =>
        Assert.Equal(
            ["build/Workspace.dll", "src/Workspace.csproj", "src/nets/Net.cs"],
            WorkspaceManifest.Of(Layout).Files.Select(file => file.Path));

    [Fact]
    public void Of_ListsNativeLibrariesToo()
    {
        _workspace.Write("build/runtimes/linux-x64/native/libdemo.so", "native");
        _workspace.Write("build/runtimes/linux-x64/nativeassets.txt", "none");
        _workspace.Write("build/Workspace.deps.json", "{}");
        Assert.Equal(
            ["build/Workspace.dll", "build/runtimes/linux-x64/native/libdemo.so"],
            WorkspaceManifest.Of(Layout).Assemblies.Select(file => file.Path));
    }

    [Fact]
    public void Hash_IsThatOfWhatSha384sumPrints()
    {
        var lines = WorkspaceManifest.Of(Layout).Files.Select(file =>
            $"{Convert.ToHexStringLower(SHA384.HashData(File.ReadAllBytes(Layout.Resolve(file.Path))))}  {file.Path}\n");
        var expected = Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
        Assert.Equal(expected, WorkspaceManifest.Of(Layout).Hash.ToString());
        Assert.Equal(WorkspaceHash.Parse(expected), WorkspaceManifest.Of(Layout, sdk: "9").Hash);
    }

    [Fact]
    public void Read_OfWrite_IsTheSameManifest()
    {
        var read = WorkspaceManifest.Read(Layout);
        Assert.Equal(WorkspaceManifest.Of(Layout).Files, read.Files);
        Assert.Equal(WorkspaceManifest.Of(Layout).Hash, read.Hash);
        Assert.Equal("10.0.100", read.Sdk);
        Assert.Equal(2, read.Sources.Count());
        Assert.Equal("build/Workspace.dll", read.Assemblies.Single().Path);
    }

    [Fact]
    public void Write_EqualManifests_AreEqualBytes()
    {
        var first = File.ReadAllBytes(Layout.WorkspaceManifestFile);
        _workspace.Build();
        Assert.Equal(first, File.ReadAllBytes(Layout.WorkspaceManifestFile));
    }

    [Fact]
    public void Verify_UnchangedWorkspace_FindsNothing() => Assert.Empty(WorkspaceManifest.Read(Layout).Verify(Layout));

    [Fact]
    public void Verify_NamesEveryMissingExtraAndChangedFile()
    {
        _workspace.Write("build/Workspace.dll", "forged");
        _workspace.Write("build/Other.dll", "extra");
        File.Delete(Layout.Resolve("src/nets/Net.cs"));
        var manifest = WorkspaceManifest.Read(Layout);
        Assert.Equal(
            ["build/Other.dll (extra)", "build/Workspace.dll (changed)", "src/nets/Net.cs (missing)"],
            manifest.Verify(Layout).Select(difference => difference.ToString()));
        Assert.Contains(
            "build/Other.dll (extra), build/Workspace.dll (changed), src/nets/Net.cs (missing)",
            Assert.Throws<WorkspaceException>(() => manifest.RequireSame(Layout)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotBuilt_SaysWhatToRun()
    {
        File.Delete(Layout.WorkspaceManifestFile);
        var refused = Assert.Throws<WorkspaceException>(() => WorkspaceManifest.Read(Layout));
        Assert.Contains("run 'fx plan initialize'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"hash":"","files":[{"path":"../x","length":1,"sha384":"00"}]}""")]
    [InlineData("""{"hash":"","files":[{"path":"src/x","length":1,"sha384":"00"}]}""")]
    [InlineData("""{"hash":"","files":[null]}""")]
    public void Read_DamagedManifest_IsRefused(string json)
    {
        _workspace.Write("build/workspace.json", json);
        var refused = Assert.Throws<WorkspaceException>(() => WorkspaceManifest.Read(Layout));
        Assert.Contains("the manifest is damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LinkInTheSources_IsRefusedByName()
    {
        File.CreateSymbolicLink(Layout.Resolve("src/Passwords.cs"), "/etc/passwd");
        var refused = Assert.Throws<WorkspaceException>(() => WorkspaceManifest.Of(Layout));
        Assert.Equal("demo: src/Passwords.cs is a link; put the file itself in its place.", refused.Message);
    }
}
