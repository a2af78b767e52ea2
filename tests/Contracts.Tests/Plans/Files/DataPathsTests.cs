namespace Actors.Contracts.Plans.Tests;

public sealed class DataPathsTests : IDisposable
{
    private readonly TemporaryWorkspace _workspace = new();

    [Fact]
    public void Parse_FirstCommaSplitsAndCommentsAreSkipped()
    {
        var paths = DataPaths.Parse("# name,path\r\n\r\none, data/one, part 2 \r\nTwo,2\r\n");

        Assert.Equal("", paths.Problems.ToText());
        Assert.Equal([new DataPath("one", "data/one, part 2", 3), new DataPath("Two", "2", 4)], paths.Entries);
        Assert.Equal(("2", null), (paths.Find("two"), paths.Find("three")));
    }

    [Theory]
    [InlineData("one", "line 1: \"one\" has no path; write name,path.")]
    [InlineData("#\none,", "line 2: \"one,\" has no path; write name,path.")]
    [InlineData("a b,data", "line 1: \"a b\" is not a collaborator's name; write 1 to 64 letters, digits, dots, _ or -, with a letter or digit first.")]
    [InlineData("one,1\nONE,2", "line 2: \"ONE\" has a path already, in line 1; keep one.")]
    public void Parse_Mistake_IsNamedWithItsLine(string text, string expected) => Assert.Equal(expected, DataPaths.Parse(text).Problems.ToText());

    [Theory]
    [InlineData("# mine\none,1\r\ntwo,2", "# mine\none,new\r\ntwo,2")]
    [InlineData("two,2", "two,2\none,new\n")]
    [InlineData("", "one,new\n")]
    public void Set_ReplacesOrAddsOneLine(string before, string after)
    {
        _workspace.Write("plan/data.yaml", before);

        Assert.Equal("new", DataPaths.Set(_workspace.Folder, "one", "new").Find("one"));
        Assert.Equal(after, _workspace.Read("plan/data.yaml"));
    }

    [Fact]
    public void Set_WithoutFile_MakesIt()
    {
        DataPaths.Set(_workspace.Folder, "one", "data/one");

        Assert.Equal("data/one", DataPaths.Read(_workspace.Folder).Find("one"));
    }

    [Theory]
    [InlineData("a,b", "data")]
    [InlineData("one", "")]
    [InlineData("one", "a\nb")]
    public void Set_WhatTheFileCannotHold_Throws(string name, string path) =>
        Assert.ThrowsAny<ArgumentException>(() => DataPaths.Set(_workspace.Folder, name, path));

    public void Dispose() => _workspace.Dispose();
}
