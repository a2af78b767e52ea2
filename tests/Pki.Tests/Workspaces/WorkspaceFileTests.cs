namespace Actors.Pki.Tests;

public class WorkspaceFileTests
{
    [Fact]
    public void Write_OverAnExistingFile_ReplacesItAndLeavesNoDraft()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Workspace, "a", "file");
        WorkspaceFile.WritePublic(path, [1, 2, 3]);
        WorkspaceFile.WritePublic(path, [4]);

        Assert.Equal([4], WorkspaceFile.Read(path));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void WritePrivate_OverAPublicFile_IsPrivate()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Workspace, "file");
        WorkspaceFile.WritePublic(path, [1]);
        WorkspaceFile.WritePrivate(path, [2]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Write_WhereAFolderIsInTheWay_IsRefusedAndLeavesNoDraft()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Workspace, "taken");
        Directory.CreateDirectory(path);

        Assert.Contains("cannot be written", Scratch.Refusal(() => WorkspaceFile.WritePublic(path, [1])), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(scratch.Workspace));
    }

    [Fact]
    public void Read_OfAMissingFolder_IsRefused()
    {
        using var scratch = new Scratch();
        var refusal = Scratch.Refusal(() => WorkspaceFile.Read(Path.Combine(scratch.Workspace, "no", "file")));
        Assert.Contains("check the path", refusal, StringComparison.Ordinal);
    }
}
