using Actors.Cli.Composition;
using Actors.Cli.Tests;

namespace Actors.Cli.Workspaces.Tests;

public sealed class WorkspaceCreateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Create_WithoutTemplate_ListsTheTemplatesAndMakesNothing()
    {
        var terminal = new TestTerminal(_folder.Root);
        var output = await terminal.MustAsync("workspace", "create", "--prefix", "new");
        Assert.Matches(@"\n  torch_cnn_digits +\S", output);
        Assert.Matches(@"\n  synthetic +\S", output);
        Assert.False(Directory.Exists(_folder.In("new")));
    }

    [Fact]
    public void DescriptionOf_EachTemplate_IsOneWholeSentence() =>
        Assert.All(Templates.Names.Select(Templates.DescriptionOf), description =>
        {
            Assert.EndsWith(".", description, StringComparison.Ordinal);
            Assert.DoesNotContain(". ", description, StringComparison.Ordinal);
        });

    [Fact]
    public async Task Create_WithTemplate_MakesAWorkspaceThatAnIdeCanOpen()
    {
        await new TestTerminal(_folder.Root).MustAsync("workspace", "create", "--prefix", "new", "--template", "synthetic");
        foreach (var name in new[] { "cert", "data", "logs", "save", "src", "plan" })
        {
            Assert.True(Directory.Exists(_folder.In("new", name)), name);
        }

        Assert.True(File.Exists(_folder.In("new", ".actors", "Actors.Workspace.props")));
        Assert.Contains("ship_data: false", await File.ReadAllTextAsync(_folder.In("new", ".workspace")), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TemplateWithData_ShipsIt()
    {
        var layout = Templates.Create("logistic_breast_cancer", _folder.In("new"));
        Assert.Contains("ship_data: true", File.ReadAllText(layout.MarkerFile), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(layout.DataFolder, "breast_cancer.csv")));
    }

    [Fact]
    public async Task Create_UnknownTemplate_NamesTheKnownOnes()
    {
        var terminal = new TestTerminal(_folder.Root);
        Assert.Equal(ExitCode.Failed, await terminal.RunAsync("workspace", "create", "--prefix", "new", "--template", "nothing"));
        Assert.StartsWith("error: There is no template 'nothing'; choose one of ", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_FolderInUse_IsRefused()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Folder("new"), "mine.txt"), "");
        var terminal = new TestTerminal(_folder.Root);
        Assert.Equal(ExitCode.Failed, await terminal.RunAsync("workspace", "create", "--prefix", "new", "--template", "synthetic"));
        Assert.Contains("not empty", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my federation")]
    [InlineData("föderation")]
    [InlineData(".hidden")]
    public async Task Create_FolderThatIsNoName_SaysWhatANameIs(string folder)
    {
        var error = await new TestTerminal(_folder.Root).FailAsync(ExitCode.Failed, "workspace", "create", "--prefix", folder, "--template", "synthetic");
        Assert.StartsWith($"error: The folder '{folder}' is no name for a workspace: use 1 to 64 letters, digits, ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In(folder)));
    }

    [Theory]
    [InlineData("certify")]
    [InlineData("export")]
    [InlineData("verify")]
    public async Task Commands_OutsideAWorkspace_SayWhereToGo(string command)
    {
        var terminal = new TestTerminal(_folder.Root);
        Assert.Equal(ExitCode.Failed, await terminal.RunAsync("workspace", command));
        Assert.Contains("is no workspace", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NoArchive_NamesTheFile()
    {
        var terminal = new TestTerminal(_folder.Root);
        Assert.Equal(ExitCode.Failed, await terminal.RunAsync("workspace", "import", "--archive", "none.zip"));
        Assert.Contains("none.zip", terminal.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
