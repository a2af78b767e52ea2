using Actors.Cli.Composition;
using Actors.Cli.Tests;

namespace Actors.Cli.Rehearsals.Tests;

public class AcceptedResultsTests
{
    [Fact]
    public void Of_ResultsThatCount_LosesNone() => Assert.Equal(
        new AcceptedResults(2, Lost: 0, LeftOut: 0),
        Of([Asked("validate", "train"), Accepted("validate"), Accepted("train")], Closed("one", "two")));

    [Fact]
    public void Of_AResultAcknowledgedAgainAsKnown_LosesNone() => Assert.Equal(
        new AcceptedResults(1, Lost: 0, LeftOut: 0),
        Of([Asked("train"), Accepted("train"), Accepted("train", already: true)], Closed("one")));

    [Fact]
    public void Of_AResultThatIsAskedForAgain_LosesIt() => Assert.Equal(
        new AcceptedResults(2, Lost: 1, LeftOut: 0),
        Of([Asked("validate", "train"), Accepted("validate"), Asked("validate", "train"), Accepted("validate"), Accepted("train")], Closed("one")));

    [Fact]
    public void Of_AResultTakenForNewTwice_LosesIt() => Assert.Equal(
        new AcceptedResults(1, Lost: 1, LeftOut: 0), Of([Asked("train"), Accepted("train"), Accepted("train")], Closed("one")));

    [Fact]
    public void Of_ACompleteCollaboratorThatDoesNotCount_LosesAllItsResults() => Assert.Equal(
        new AcceptedResults(2, Lost: 2, LeftOut: 0),
        Of([Asked("validate", "train"), Accepted("validate"), Accepted("train")], Closed("two")));

    [Fact]
    public void Of_ARoundThatClosedWithoutOneWhoOwedAResult_LosesNone() => Assert.Equal(
        new AcceptedResults(1, Lost: 0, LeftOut: 1),
        Of([Asked("validate", "train"), Accepted("validate")], Closed("two")));

    [Fact]
    public void Of_ARoundThatNeverClosed_LosesItsResults() => Assert.Equal(
        new AcceptedResults(1, Lost: 1, LeftOut: 0), Of([Asked("train"), Accepted("train")]));

    [Theory]
    [InlineData(new[] { 0, 1, 2 }, 0, 0)]
    [InlineData(new[] { 0, 1 }, 0, 1)]
    [InlineData(new[] { 0, 2 }, 1, 0)]
    [InlineData(new int[0], 0, 3)]
    public void Of_Turns_LosesThoseThatALaterOneHasOvertaken(int[] folded, int lost, int waiting)
    {
        var log = Enumerable.Range(0, 3).SelectMany(turn => new Acknowledgement[]
        {
            new(turn, ["train"], Accepted: false, Already: false),
            new(turn, ["train"], Accepted: true, Already: false),
        });

        Assert.Equal(new AcceptedResults(3, lost, waiting), Of([.. log], Version("two", 7), Version("one", folded)));
    }

    [Fact]
    public void ReadAll_ReadsBothKindsOfLines()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("log", """
            {"event":"asked","round":3,"tasks":["validate","train"]}
            {"event":"accepted","round":3,"task":"train","already":true}

            """);

        var lines = Acknowledgement.ReadAll(path);

        Assert.Equal(["validate", "train"], lines[0].Tasks);
        Assert.Equal((3, true, true), (lines[1].Round, lines[1].Accepted, lines[1].Already));
        Assert.Empty(Acknowledgement.ReadAll(path + ".none"));
    }

    private static AcceptedResults Of(Acknowledgement[] log, params RoundLine[] rounds) => AcceptedResults.Of("one", log, rounds);

    private static RoundLine Version(string collaborator, params int[] turns) => Closed(collaborator) with
    {
        Turns = new Dictionary<string, IReadOnlyList<int>> { [collaborator] = turns },
    };

    private static Acknowledgement Asked(params string[] tasks) => new(0, tasks, Accepted: false, Already: false);

    private static Acknowledgement Accepted(string task, bool already = false) => new(0, [task], Accepted: true, already);

    private static RoundLine Closed(params string[] counted) =>
        new(0, 1, new Dictionary<string, IReadOnlyDictionary<string, double>>(), counted);
}
