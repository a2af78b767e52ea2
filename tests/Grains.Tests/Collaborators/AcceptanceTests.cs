using Actors.Grains.Rounds;

namespace Actors.Grains.Collaborators.Tests;

public class AcceptanceTests
{
    private static readonly CollaboratorState Reported = new CollaboratorState().With(Given.Round(2), Given.Accepted("train"));

    [Theory]
    [InlineData(2, "train", ReportOutcome.AlreadyAccepted)]
    [InlineData(2, "validate", null)]
    [InlineData(3, "train", null)]
    [InlineData(1, "train", ReportOutcome.RoundClosed)]
    [InlineData(1, "validate", ReportOutcome.RoundClosed)]
    public void FromState_AfterTrainingInRound2(int round, string task, ReportOutcome? outcome) =>
        Assert.Equal(outcome, Acceptance.FromState(Reported, Given.Round(round), task));

    [Fact]
    public void FromState_OfAnotherExperiment_AsksTheRound() => Assert.Null(
        Acceptance.FromState(Reported, new(new(Given.Experiment.Federation, "other"), 0), "train"));

    [Fact]
    public void FromState_OfNothing_AsksTheRound() => Assert.Null(Acceptance.FromState(new(), Given.Round(0), "train"));

    [Theory]
    [InlineData(TaskStanding.Open, ReportOutcome.Accepted)]
    [InlineData(TaskStanding.NotAssigned, ReportOutcome.NotAssigned)]
    [InlineData(TaskStanding.Closed, ReportOutcome.RoundClosed)]
    public void FromRound_FollowsTheStanding(TaskStanding standing, ReportOutcome outcome) => Assert.Equal(outcome, Acceptance.FromRound(standing));
}
