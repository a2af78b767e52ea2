using Actors.Contracts.Identity;

namespace Actors.Grains.Collaborators.Tests;

public class CollaboratorStateTests
{
    [Fact]
    public void With_TheSameRound_KeepsBothInOrder()
    {
        var state = new CollaboratorState().With(Given.Round(0), Given.Accepted("validate")).With(Given.Round(0), Given.Accepted("train"));
        Assert.Equal(["validate", "train"], state.Of(Given.Round(0)).Select(result => result.Report.Task));
    }

    [Fact]
    public void With_ALaterRound_LetsTheEarlierGo()
    {
        var state = new CollaboratorState().With(Given.Round(0), Given.Accepted("train")).With(Given.Round(1), Given.Accepted("train"));
        Assert.Empty(state.Of(Given.Round(0)));
        Assert.Single(state.Of(Given.Round(1)));
        Assert.Equal(1, state.LastRound(Given.Experiment));
    }

    [Fact]
    public void With_AnotherExperiment_LeavesTheFirstAlone()
    {
        var other = new RoundId(new(Given.Experiment.Federation, "other"), 9);
        var state = new CollaboratorState().With(Given.Round(0), Given.Accepted("train")).With(other, Given.Accepted("train"));
        Assert.Single(state.Of(Given.Round(0)));
        Assert.Equal((0, 9), (state.LastRound(Given.Experiment), state.LastRound(other.Experiment)));
    }

    [Fact]
    public void Without_ARound_TakesItsResultsBack()
    {
        var state = new CollaboratorState().With(Given.Round(0), Given.Accepted("train"));
        Assert.Empty(state.Without(Given.Round(0)).Of(Given.Round(0)));
        Assert.Same(state, state.Without(Given.Round(1)));
    }

    [Fact]
    public void LastRound_OfNothing_IsBeforeTheFirst() => Assert.Equal(-1, new CollaboratorState().LastRound(Given.Experiment));
}
