namespace Actors.Contracts.Plans.Tests;

public sealed class CollaboratorListTests : IDisposable
{
    private readonly TemporaryWorkspace _workspace = new();

    [Theory]
    [InlineData("collaborators: [one, two]", "one two")]
    [InlineData("collaborators:\n- one\n- hospital-3.example_x", "one hospital-3.example_x")]
    [InlineData("collaborators: [1]", "1")]
    [InlineData("collaborators:", "")]
    [InlineData("", "")]
    public void Parse_ValidList_GivesNames(string yaml, string names)
    {
        var list = CollaboratorList.Parse(yaml);

        Assert.Equal("", list.Problems.ToText());
        Assert.Equal(names, string.Join(' ', list.Names));
    }

    [Theory]
    [InlineData("collaborators:\n- one\n- One", "collaborators[1] (line 3): \"One\" is in the list twice; keep one.")]
    [InlineData("collaborators: [a/b]", "collaborators[0] (line 1): \"a/b\" is not a collaborator's name; write 1 to 64 letters, digits, dots, _ or -, with a letter or digit first.")]
    [InlineData("collaborators: one", "collaborators (line 1): \"one\" is not a list; write names like [one, two].")]
    [InlineData("colaborators: [one]", "colaborators (line 1): is not a known key; did you mean collaborators? Known: collaborators.")]
    [InlineData("- one", "line 1: a list is not the list; write collaborators: [one, two].")]
    public void Parse_Mistake_IsNamedWithItsLine(string yaml, string expected) => Assert.Equal(expected, CollaboratorList.Parse(yaml).Problems.ToText());

    [Theory]
    [InlineData("# who\ncollaborators: [one]  # so far\n", "# who\ncollaborators: [one, three]  # so far\n")]
    [InlineData("collaborators:\n  - one # first\n  # end\n", "collaborators:\n  - one # first\n  - three\n  # end\n")]
    [InlineData("collaborators:\n- one", "collaborators:\n- one\n- three")]
    [InlineData("collaborators: []\n", "collaborators: [three]\n")]
    [InlineData("collaborators: # none\n", "collaborators: [three] # none\n")]
    [InlineData("# empty\n", "# empty\ncollaborators:\n- three\n")]
    [InlineData("collaborators: [Three]\n", "collaborators: [Three]\n")]
    public void Add_KeepsCommentsAndAddsOnce(string before, string after)
    {
        _workspace.Write("plan/cols.yaml", before);

        var list = CollaboratorList.Add(_workspace.Folder, "three");

        Assert.Equal("", list.Problems.ToText());
        Assert.Equal(after, _workspace.Read("plan/cols.yaml"));
    }

    [Fact]
    public void Add_WithoutFile_MakesIt()
    {
        Assert.Equal("plan/cols.yaml: cannot be read; write collaborators: [] into it.", CollaboratorList.Read(_workspace.Folder).Problems.ToText());

        CollaboratorList.Add(_workspace.Folder, "one");

        Assert.Equal(["one"], CollaboratorList.Read(_workspace.Folder).Names);
    }

    [Fact]
    public void Add_ToABrokenList_ChangesNothing()
    {
        _workspace.Write("plan/cols.yaml", "collaborators: one");

        Assert.Single(CollaboratorList.Add(_workspace.Folder, "two").Problems);
        Assert.Equal("collaborators: one", _workspace.Read("plan/cols.yaml"));
    }

    [Fact]
    public void Add_InvalidName_Throws() => Assert.Throws<ArgumentException>(() => CollaboratorList.Add(_workspace.Folder, "a,b"));

    public void Dispose() => _workspace.Dispose();
}
