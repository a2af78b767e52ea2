using System.IO.Compression;
using System.Text;

using Actors.Contracts.Workspaces;

namespace Actors.Contracts.Workspaces.Tests;

/// <summary>Archives that somebody tampered with: each is refused, and nothing is left of it.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();
    private readonly ArchiveOptions _options = new();

    public HostileArchiveTests() => WorkspaceArchive.Export(_workspace.Layout, _workspace.Archive);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("../evil.cs", "its path leads out of its folder")]
    [InlineData("src/../../evil.cs", "its path leads out of its folder")]
    [InlineData("/etc/cron.d/evil", "not a relative one")]
    [InlineData("src\\evil.cs", "not a relative one")]
    [InlineData("C:/evil.cs", "not a relative one")]
    [InlineData("src//evil.cs", "its path has an empty part")]
    [InlineData("src/./evil.cs", "its path leads out of its folder")]
    [InlineData("src/nul.cs", "is a device")]
    [InlineData("src/evil.cs.", "ends in a dot")]
    [InlineData("src/ev\til.cs", "some operating system refuses")]
    [InlineData("cert/client/col_a.key", "does not belong")]
    [InlineData("state/aggregator.db", "does not belong")]
    [InlineData(".actors/Actors.Workspace.props", "does not belong")]
    [InlineData("src/Workspace.csproj.user", "does not belong")]
    [InlineData("src/obj/evil.props", "does not belong")]
    [InlineData("src/.hidden/evil.cs", "does not belong")]
    [InlineData("plan/site.PEM", "does not belong")]
    [InlineData("build/evil.sh", "does not belong")]
    [InlineData("Directory.Build.props", "does not belong")]
    [InlineData("src/nets/NET.cs", "upper and lower case aside")]
    [InlineData("src/nets/Net.cs/evil.cs", "it lies below 'src/nets/Net.cs', which is a file")]
    [InlineData("src/Unlisted.cs", "archive.json does not list it")]
    [InlineData("src/unlisted/", "archive.json does not list it")]
    public void EntryWhereNoneBelongs_IsRefused(string entry, string problem)
    {
        Change(zip => zip.CreateEntry(entry));
        AssertRefused(entry, problem);
    }

    [Fact]
    public void Link_IsRefused()
    {
        Change(zip => zip.CreateEntry("src/link.cs").ExternalAttributes = unchecked((int)0xA1FF0000));
        AssertRefused("src/link.cs", "it is a link");
    }

    [Fact]
    public void OneNameTwice_IsRefused()
    {
        Change(zip => zip.CreateEntry("src/nets/Net.cs"));
        AssertRefused("src/nets/Net.cs", "another entry has this name");
    }

    [Fact]
    public void ListedEntryThatIsMissing_IsRefused()
    {
        Change(zip => zip.GetEntry("src/nets/Net.cs")!.Delete());
        AssertRefused("src/nets/Net.cs", "lists it, but it is not there");
    }

    [Fact]
    public void ChangedBytes_AreRefused()
    {
        Change(zip => Replace(zip, "src/nets/Net.cs", "sealed class Evi;"));
        AssertRefused("src/nets/Net.cs", "its bytes are not those that archive.json lists");
    }

    [Fact]
    public void ListChangedToo_IsRefusedByTheWorkspacesOwnManifest()
    {
        const string Evil = "sealed class Evi;";
        var was = FileDigest.Of(Encoding.UTF8.GetBytes("sealed class Net;")).ToString();
        Change(zip =>
        {
            Replace(zip, "src/nets/Net.cs", Evil);
            Replace(zip, "archive.json", Text(zip, "archive.json").Replace(was, FileDigest.Of(Encoding.UTF8.GetBytes(Evil)).ToString(), StringComparison.Ordinal));
        });
        AssertRefused("build/workspace.json", "not the one that was built");
    }

    [Fact]
    public void NoList_IsRefused()
    {
        Change(zip => zip.GetEntry("archive.json")!.Delete());
        AssertRefused("archive.json", "it is missing; make the archive with 'fx workspace export'");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"workspace":"demo","folders":[null],"files":[null]}""")]
    [InlineData("""{"workspace":"../demo","folders":[],"files":[]}""")]
    [InlineData("""{"workspace":"demo","folders":[],"files":[{"path":"../x","length":0,"sha384":""}]}""")]
    public void DamagedList_IsRefused(string json)
    {
        Change(zip => Replace(zip, "archive.json", json));
        AssertRefused("archive.json", "it is damaged");
    }

    [Fact]
    public void MoreEntriesThanAllowed_AreRefused()
    {
        _options.MaximumEntries = 11;
        AssertRefused(null, "it has 12 entries, allowed are 11");
    }

    [Fact]
    public void LargerEntryThanAllowed_IsRefused()
    {
        Change(zip => Replace(zip, "plan/plan.yaml", new string('#', 2000)));
        _options.MaximumEntryBytes = 1999;
        Assert.Contains("unpacks to more than 1999 bytes", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreBytesThanAllowed_AreRefused()
    {
        _options.MaximumTotalBytes = 2000;
        Assert.Contains("unpack to more than 2000 bytes", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bomb_IsRefusedLongBeforeItsEnd()
    {
        Change(zip => Replace(zip, "plan/plan.yaml", new string('#', 8 << 20)));
        AssertRefused("plan/plan.yaml", "it unpacks to more than 100 times");
    }

    [Fact]
    public void NoZip_IsRefused()
    {
        File.WriteAllText(_workspace.Archive, "this is no archive");
        AssertRefused(null, "the file is no readable zip archive");
    }

    [Fact]
    public void CutArchive_IsRefused()
    {
        var bytes = File.ReadAllBytes(_workspace.Archive);
        for (var length = 0; length < bytes.Length; length += 97)
        {
            File.WriteAllBytes(_workspace.Archive, bytes[..length]);
            Refused();
        }
    }

    private void AssertRefused(string? entry, string problem)
    {
        var refused = Refused();
        Assert.Equal(entry, refused.Entry);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private ArchiveException Refused()
    {
        var there = Directory.CreateDirectory(_workspace.Folder.At("there"));
        var refused = Assert.Throws<ArchiveException>(() => WorkspaceArchive.Import(_workspace.Archive, there.FullName, _options));
        Assert.StartsWith(_workspace.Archive, refused.Message, StringComparison.Ordinal);
        Assert.Empty(there.GetFileSystemInfos());
        return refused;
    }

    private void Change(Action<ZipArchive> change)
    {
        using var zip = ZipFile.Open(_workspace.Archive, ZipArchiveMode.Update);
        change(zip);
    }

    private static void Replace(ZipArchive zip, string entry, string text)
    {
        zip.GetEntry(entry)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
        writer.Write(text);
    }

    private static string Text(ZipArchive zip, string entry)
    {
        using var reader = new StreamReader(zip.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }
}
