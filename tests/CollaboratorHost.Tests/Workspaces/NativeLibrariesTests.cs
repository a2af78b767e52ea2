using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces.Tests;

public sealed class NativeLibrariesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("natives-").FullName;
    private readonly WorkspaceLayout _layout;

    public NativeLibrariesTests()
    {
        _layout = UserWorkspace.Create(Path.Combine(_folder, "demo"));
        Write("ios-arm64", "libdemo.so");
        Write("any", "libdemo.so");
        Write("any", "libneeded.so");
        WorkspaceManifest.Of(_layout).Write(_layout);
    }

    [Theory]
    [InlineData("libdemo.so")]
    [InlineData("libneeded.so")]
    public void Find_ByItsFileName_IsTheOneForThisMachine(string name) =>
        Assert.Equal(_layout.Resolve($"build/runtimes/any/native/{name}"), Find(name));

    [Fact]
    public void Find_ANearerRuntime_WinsOverAFartherOne()
    {
        var nearest = NativeLibraries.Runtimes().First();
        Write(nearest, "libdemo.so");
        WorkspaceManifest.Of(_layout).Write(_layout);
        Assert.Equal(_layout.Resolve($"build/runtimes/{nearest}/native/libdemo.so"), Find("libdemo.so"));
    }

    [Theory]
    [InlineData("unheard_of")]
    [InlineData("../native/libdemo.so")]
    [InlineData("/etc/passwd")]
    public void Find_NoSuchLibrary_IsNone(string name) => Assert.Null(Find(name));

    [Fact]
    public void Find_UnlistedLibrary_IsNone()
    {
        Write("any", "libextra.so");
        Assert.Null(Find("libextra.so"));
    }

    [Fact]
    public void Find_ALibraryBesideItWasChanged_IsRefused()
    {
        File.AppendAllText(_layout.Resolve("build/runtimes/any/native/libneeded.so"), "!");
        var refused = Assert.Throws<WorkspaceLoadException>(() => Find("libdemo.so"));
        Assert.Equal(
            "demo: build/runtimes/any/native/libneeded.so is not the library that was agreed on; import the workspace again or build it.",
            refused.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string? Find(string name) => new NativeLibraries(_layout, WorkspaceManifest.Read(_layout)).Find(name);

    private void Write(string runtime, string file) => UserWorkspace.Write(_layout, $"build/runtimes/{runtime}/native/{file}", runtime);
}
