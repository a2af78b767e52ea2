using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Queue.Tests;

public class ExperimentQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CollaboratorName One = new("one");
    private static readonly CollaboratorName Two = new("two");
    private static readonly CollaboratorName[] Members = [One, Two];
    private static readonly QueueState Empty = new([], 1);

    [Fact]
    public void Submit_NamingNobody_AsksEveryMember() =>
        Assert.Equal(Members, Queued("a").Find("a")!.Submission.Asked);

    [Fact]
    public void Submit_TheSameAgain_ChangesNothing()
    {
        Assert.Equal((SubmitOutcome.Already, null), ExperimentQueue.Submit(Queued("a"), Submission("a"), Members, Now));
    }

    [Fact]
    public void Submit_AnotherOfTheName_IsRefused() => Assert.Equal(
        SubmitOutcome.NameTaken, ExperimentQueue.Submit(Queued("a"), Submission("a") with { Digest = "other" }, Members, Now).Outcome);

    [Fact]
    public void Submit_AskingAStranger_IsRefused() => Assert.Equal(
        SubmitOutcome.UnknownCollaborator, ExperimentQueue.Submit(Empty, Submission("a", new CollaboratorName("eve")), Members, Now).Outcome);

    [Fact]
    public void Submit_WhereNobodyIsAMember_IsRefused() =>
        Assert.Equal(SubmitOutcome.NobodyToAsk, ExperimentQueue.Submit(Empty, Submission("a"), [], Now).Outcome);

    [Fact]
    public void Submit_AfterARemoval_NeverUsesANumberAgain()
    {
        var removed = Queued("a") with { Experiments = [] };
        Assert.Equal(2, ExperimentQueue.Submit(removed, Submission("a"), Members, Now).Experiment!.Number);
    }

    [Fact]
    public void Next_UntilEverybodyHasAnswered_IsNothing()
    {
        var state = Answered(Queued("a"), "a", (One, AnswerKind.Accepted), (Two, AnswerKind.Reviewing));
        Assert.Null(ExperimentQueue.Next(state, Here(One, Two), 1, Now));
        Assert.Equal("waits for the answer of two", ExperimentQueue.WaitsFor(state.Find("a")!, Here(One, Two), Now));
    }

    [Fact]
    public void Next_StartsWithThoseWhoAccepted()
    {
        var state = Answered(Queued("a"), "a", (One, AnswerKind.Accepted), (Two, AnswerKind.Refused));
        var next = ExperimentQueue.Next(state, Here(One, Two), 1, Now)!;
        Assert.Equal((QueuePhase.Started, One), (next.Phase, Assert.Single(next.Participants)));
    }

    [Fact]
    public void Next_WhenAllRefuse_EndsIt()
    {
        var state = Answered(Queued("a"), "a", (One, AnswerKind.Refused), (Two, AnswerKind.Refused));
        var next = ExperimentQueue.Next(state, Here(One, Two), 1, Now)!;
        Assert.Equal((QueuePhase.Ended, Lifecycle.Failed, "no host takes part in it"), (next.Phase, next.Ending, next.Reason));
    }

    [Fact]
    public void Next_OnceTheTimeForAnswersIsOver_StartsWithoutTheSilent()
    {
        var submission = Submission("a") with { AnswerTime = TimeSpan.FromMinutes(5) };
        var state = Answered(With(Empty, submission), "a", (One, AnswerKind.Accepted));

        Assert.Null(ExperimentQueue.Next(state, Here(One), 1, Now.AddMinutes(4)));
        Assert.Equal(Now.AddMinutes(5), ExperimentQueue.NextDeadline(state, Now));
        Assert.Equal([One], ExperimentQueue.Next(state, Here(One), 1, Now.AddMinutes(5))!.Participants);
    }

    [Fact]
    public void Next_WaitsForAHostThatIsAway()
    {
        var state = Accepted("a");
        Assert.Null(ExperimentQueue.Next(state, Here(One), 1, Now));
        Assert.Equal("waits for the host of two", ExperimentQueue.WaitsFor(state.Find("a")!, Here(One), Now));
    }

    [Fact]
    public void Next_OfSeveralThatAreReady_IsTheOldest() => Assert.Equal("a", ExperimentQueue.Next(Accepted("a", "b"), Here(One, Two), 1, Now)!.Name);

    [Fact]
    public void Next_IsNotHeldUpByOneThatWaitsForAnAnswer()
    {
        var state = Answered(Queued("a", "b"), "b", (One, AnswerKind.Accepted), (Two, AnswerKind.Accepted));
        Assert.Equal("b", ExperimentQueue.Next(state, Here(One, Two), 1, Now)!.Name);
    }

    [Fact]
    public void Next_PassesOverOneThatIsPaused_UntilItGoesOn()
    {
        var state = Accepted("a", "b");
        var paused = With(state, ExperimentQueue.Pause(state.Find("a")!, "not today")!);
        Assert.Equal("b", ExperimentQueue.Next(paused, Here(One, Two), 1, Now)!.Name);
        Assert.Equal("not today", ExperimentQueue.WaitsFor(paused.Find("a")!, Here(One, Two), Now));

        var resumed = With(paused, ExperimentQueue.Pause(paused.Find("a")!, null)!);
        Assert.Equal("a", ExperimentQueue.Next(resumed, Here(One, Two), 1, Now)!.Name);
    }

    [Fact]
    public void Next_BesideOneThatWasPausedAfterItsStart_FindsItsPlaceTaken()
    {
        var state = Accepted("a", "b");
        state = With(state, ExperimentQueue.Pause(ExperimentQueue.Next(state, Here(One, Two), 1, Now)!, "maintenance")!);
        Assert.Null(ExperimentQueue.Next(state, Here(One, Two), 1, Now));
    }

    [Fact]
    public void NextDeadline_OfOneThatIsPaused_IsNone()
    {
        var submission = Submission("a") with { AnswerTime = TimeSpan.FromMinutes(5) };
        var state = With(Empty, submission);
        Assert.Null(ExperimentQueue.NextDeadline(With(state, ExperimentQueue.Pause(state.Find("a")!, "")!), Now));
    }

    [Fact]
    public void Pause_OfOneThatIsOver_ChangesNothing() =>
        Assert.Null(ExperimentQueue.Pause(Accepted("a").Find("a")!.End(Lifecycle.Finished, ""), "maintenance"));

    [Theory]
    [InlineData(1, 5, false)] // The aggregator runs one only.
    [InlineData(5, 1, false)] // The hosts do.
    [InlineData(5, 2, true)]
    public void Next_BesideOneThatRuns_NeedsAPlaceAtTheAggregatorAndAtEveryHost(int parallel, int hostParallel, bool starts)
    {
        var state = Accepted("a", "b");
        state = With(state, ExperimentQueue.Next(state, Here(One, Two), 1, Now)!);
        var hosts = Members.ToDictionary(name => name, _ => new AttendingHost(hostParallel, "", "1"));

        Assert.Equal(starts, ExperimentQueue.Next(state, hosts, parallel, Now) is not null);
        Assert.Equal("waits for its turn", ExperimentQueue.WaitsFor(state.Find("b")!, hosts, Now));
    }

    [Fact]
    public void Answer_AfterTheStart_DoesNotCountForOneWhoIsNotInIt()
    {
        var state = Answered(Queued("a"), "a", (One, AnswerKind.Accepted), (Two, AnswerKind.Refused));
        var started = ExperimentQueue.Next(state, Here(One, Two), 1, Now)!;

        Assert.Null(ExperimentQueue.Answer(started, new(Two, AnswerKind.Accepted, "")));
        Assert.Equal(AnswerKind.Failed, ExperimentQueue.Answer(started, new(One, AnswerKind.Failed, "no data"))!.AnswerOf(One));
    }

    [Fact]
    public void GivenUp_OnceEveryHostHas_SaysWhatEachSaid()
    {
        var running = Started("a");
        Assert.Null(ExperimentQueue.GivenUp(running));
        running = running.With(new HostAnswer(One, AnswerKind.Failed, "no data"));
        Assert.Null(ExperimentQueue.GivenUp(running));

        var over = running.With(new HostAnswer(Two, AnswerKind.Refused, "not ours"));
        Assert.Equal("every host in it has given up: one: no data; two: not ours", ExperimentQueue.GivenUp(over));
        Assert.Equal(
            "every host in it has given up: one, two: no data", ExperimentQueue.GivenUp(over.With(new HostAnswer(Two, AnswerKind.Failed, "no data"))));
    }

    [Fact]
    public void GivenUp_OfAHostThatTriesAgain_IsNothing()
    {
        var running = Started("a").With(new HostAnswer(One, AnswerKind.Failed, "")).With(new HostAnswer(Two, AnswerKind.Failed, ""));
        Assert.Null(ExperimentQueue.GivenUp(ExperimentQueue.Answer(running, new(One, AnswerKind.Accepted, "it is tried again"))!));
        Assert.NotNull(ExperimentQueue.GivenUp(ExperimentQueue.Answer(running, new(One, AnswerKind.Reviewing, ""))!));
    }

    [Fact]
    public void GivenUp_WhileAnOperatorHasItPause_IsNothing()
    {
        var running = Started("a").With(new HostAnswer(One, AnswerKind.Failed, "")).With(new HostAnswer(Two, AnswerKind.Failed, ""));
        Assert.Null(ExperimentQueue.GivenUp(ExperimentQueue.Pause(running, "the data moves")!));
    }

    [Fact]
    public void GivenUp_BeforeTheStart_IsNothing() =>
        Assert.Null(ExperimentQueue.GivenUp(Answered(Queued("a"), "a", (One, AnswerKind.Refused), (Two, AnswerKind.Refused)).Find("a")!));

    [Fact]
    public void Answer_OfSomebodyWhoIsNotAsked_DoesNotCount()
    {
        var state = With(Empty, Submission("a", One));
        Assert.Null(ExperimentQueue.Answer(state.Find("a")!, new(Two, AnswerKind.Accepted, "")));
    }

    [Fact]
    public void IdIn_IsAFederationOfItsOwn() => Assert.Equal("demo.1/a", Queued("a").Find("a")!.IdIn(new("demo")).ToString());

    private static QueuedExperiment Started(string name) => ExperimentQueue.Next(Accepted(name), Here(One, Two), 1, Now)!;

    private static QueueState Accepted(params string[] names) => names.Aggregate(
        Queued(names), (state, name) => Answered(state, name, (One, AnswerKind.Accepted), (Two, AnswerKind.Accepted)));

    private static QueueState Queued(params string[] names) =>
        names.Aggregate(Empty, (state, name) => With(state, Submission(name)));

    private static QueueState With(QueueState state, Submission submission) =>
        With(state, ExperimentQueue.Submit(state, submission, Members, Now).Experiment!);

    private static QueueState With(QueueState state, QueuedExperiment changed) => new(
        [.. state.Experiments.Where(experiment => experiment.Number != changed.Number).Append(changed).OrderBy(experiment => experiment.Number)],
        Math.Max(state.NextNumber, changed.Number + 1));

    private static QueueState Answered(QueueState state, string name, params (CollaboratorName Collaborator, AnswerKind Kind)[] answers) =>
        With(state, answers.Aggregate(
            state.Find(name)!, (experiment, answer) => ExperimentQueue.Answer(experiment, new(answer.Collaborator, answer.Kind, ""))!));

    private static Submission Submission(string name, params CollaboratorName[] asked) => new(name, $"digest of {name}", 1, "alice", "alice", asked, null);

    private static Dictionary<CollaboratorName, AttendingHost> Here(params CollaboratorName[] names) =>
        names.ToDictionary(name => name, _ => new AttendingHost(1, "", "1"));
}
