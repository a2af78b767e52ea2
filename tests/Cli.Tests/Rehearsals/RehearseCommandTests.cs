using Actors.Cli.Tests;

namespace Actors.Cli.Rehearsals.Tests;

public sealed class RehearseCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--vanish and --in-round belong together", "--vanish", "2")]
    [InlineData("--kills is -1; write 0 or more.", "--kills", "-1")]
    public async Task WrongOptions_AreRefusedWithTheRightOnes(string expected, params string[] options)
    {
        var terminal = new TestTerminal(_folder.Root);

        Assert.Equal(ExitCode.Refused, await terminal.RunAsync(["rehearse", .. options]));
        Assert.Contains(expected, terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoreSitesVanishingThanThereAre_IsRefused()
    {
        var terminal = new TestTerminal(_folder.Root);

        Assert.Equal(ExitCode.Failed, await terminal.RunAsync("rehearse", "--vanish", "5", "--in-round", "1"));
        Assert.Contains("only 4 collaborators take part", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatHoldsSomethingElse_IsLeftAlone()
    {
        var file = _folder.Write("work/precious.txt", "x");
        var terminal = new TestTerminal(_folder.Root);

        Assert.Equal(ExitCode.Failed, await terminal.RunAsync("rehearse", "--workdir", "work"));
        Assert.Contains("is not empty and holds no rehearsal", terminal.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task AWorkspaceWithoutCollaborators_IsToldHowToNameOne()
    {
        await new TestTerminal(_folder.Root).MustAsync("workspace", "create", "--prefix", "federation", "--template", "synthetic");
        File.WriteAllText(Path.Combine(_folder.Root, "federation", "plan", "data.yaml"), "");
        var terminal = new TestTerminal(Path.Combine(_folder.Root, "federation"));

        Assert.Equal(ExitCode.Failed, await terminal.RunAsync("rehearse"));
        Assert.Contains("fx collaborator create -n NAME -d PATH", terminal.Error, StringComparison.Ordinal);
    }
}
