using Actors.Contracts.Workspaces;

namespace Actors.Contracts.Workspaces.Tests;

public class DigestTests
{
    [Fact]
    public void FileDigest_OfNothing_IsTheAlgorithmsPublishedValue() =>
        Assert.Equal(
            "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
            FileDigest.Of([]).ToString());

    [Fact]
    public void FileDigest_OfAStream_IsThatOfItsBytes() =>
        Assert.Equal(FileDigest.Of("plan"u8), FileDigest.Of(new MemoryStream("plan"u8.ToArray())));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("38b0")]
    [InlineData("38B060A751AC96384CD9327EB1B1E36A21FDB71114BE07434C0CC7BF63F6E1DA274EDEBFE76F65FBD51AD2F14898B95B")]
    public void Parse_AnythingBut96LowerCaseDigits_IsRefused(string? text)
    {
        Assert.Contains("no file digest", Assert.Throws<FormatException>(() => FileDigest.Parse(text)).Message, StringComparison.Ordinal);
        Assert.Contains("no workspace hash", Assert.Throws<FormatException>(() => WorkspaceHash.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkspaceHash_DoesNotDependOnTheOrderOfTheFiles()
    {
        var (one, two) = (new WorkspaceFile("src/A.cs", 1, FileDigest.Of("a"u8)), new WorkspaceFile("src/B.cs", 1, FileDigest.Of("b"u8)));
        Assert.Equal(WorkspaceHash.Of([one, two]), WorkspaceHash.Of([two, one]));
        Assert.NotEqual(WorkspaceHash.Of([one, two]), WorkspaceHash.Of([one with { Digest = two.Digest }, two]));
    }
}
