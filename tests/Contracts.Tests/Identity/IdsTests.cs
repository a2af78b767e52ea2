using Actors.Contracts.Identity;

namespace Actors.Contracts.Identity.Tests;

public class IdsTests
{
    [Fact]
    public void Parse_OfToString_IsTheSameId()
    {
        var experiment = new ExperimentId(new("hospitals"), "mri-1");
        var round = new RoundId(experiment, 12);
        var task = new TaskId(round, "train");
        var collaborator = new CollaboratorId(new("hospitals"), new("site.b"));

        Assert.Equal(experiment, ExperimentId.Parse(experiment.ToString()));
        Assert.Equal(round, RoundId.Parse(round.ToString()));
        Assert.Equal(task, TaskId.Parse(task.ToString()));
        Assert.Equal(collaborator, CollaboratorId.Parse(collaborator.ToString()));
    }

    [Fact]
    public void ToString_JoinsThePartsWithSlashes()
    {
        var round = new RoundId(new(new("hospitals"), "mri"), 3);
        Assert.Equal("hospitals/mri/3/train", new TaskId(round, "train").ToString());
        Assert.Equal("hospitals/site-b", new CollaboratorId(new("hospitals"), new("site-b")).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("hospitals")]
    [InlineData("hospitals/mri/1")]
    public void ParseExperiment_WrongNumberOfParts_IsRefused(string text) =>
        Assert.Contains(
            $"'{text}' is no experiment id: write 'federation/experiment'.",
            Assert.Throws<FormatException>(() => ExperimentId.Parse(text)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("f/e")]
    [InlineData("f/e/-1")]
    [InlineData("f/e/+1")]
    [InlineData("f/e/ 1")]
    [InlineData("f/e/1.0")]
    [InlineData("f/e/99999999999")]
    [InlineData("f/e/1/train")]
    public void ParseRound_AnythingButAWholeNumberAtTheEnd_IsRefused(string text) =>
        Assert.Throws<FormatException>(() => RoundId.Parse(text));

    [Theory]
    [InlineData("train")]
    [InlineData("/train")]
    [InlineData("f/e/train")]
    public void ParseTask_WithoutARound_IsRefused(string text) => Assert.Throws<FormatException>(() => TaskId.Parse(text));

    [Theory]
    [InlineData("f")]
    [InlineData("f/c/d")]
    public void ParseCollaborator_WrongNumberOfParts_IsRefused(string text) =>
        Assert.Throws<FormatException>(() => CollaboratorId.Parse(text));

    [Fact]
    public void Ids_OfBadNames_CannotBeMade()
    {
        Assert.Throws<ArgumentException>(() => new FederationId("a/b"));
        Assert.Throws<ArgumentException>(() => new ExperimentId(new("f"), ""));
        Assert.Throws<ArgumentException>(() => new CollaboratorName(".."));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RoundId(new(new("f"), "e"), -1));
        Assert.Throws<ArgumentException>(() => ExperimentId.Parse("f/e e"));
    }
}
