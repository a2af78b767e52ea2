using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments.Tests;

public class ExperimentTests
{
    [Fact]
    public void Create_StartsAtRound0FromTheInitialModel()
    {
        var state = Experiment.Create(Definition());
        Assert.Equal((Lifecycle.Created, 0), (state.Lifecycle, state.Round));
        Assert.Equal([Given.Model(100)], state.Current);
        Assert.Null(state.Best);
    }

    [Fact]
    public void Complete_TheRunningRound_StartsTheNextFromItsModel()
    {
        var result = Given.Result(0, Given.Outcome("train", Given.Model(101)));
        var next = Experiment.Complete(Running(), result)!;
        Assert.Equal((Lifecycle.Running, 1), (next.Lifecycle, next.Round));
        Assert.Equal([Given.Model(101)], next.Current);
        Assert.Same(result, next.LastResult);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Complete_AnotherRound_IsNothing(int number) =>
        Assert.Null(Experiment.Complete(Running() with { Round = 1 }, Given.Result(number, Given.Outcome("train", Given.Model(101)))));

    [Theory]
    [InlineData(Lifecycle.Finished)]
    [InlineData(Lifecycle.Failed)]
    [InlineData(Lifecycle.Stopped)]
    public void Complete_AfterTheEnd_IsNothing(Lifecycle lifecycle) =>
        Assert.Null(Experiment.Complete(Running() with { Lifecycle = lifecycle }, Given.Result(0)));

    [Fact]
    public void Complete_BeforeCreation_IsNothing() => Assert.Null(Experiment.Complete(new(), Given.Result(0)));

    [Fact]
    public void Complete_TheLastRound_Finishes()
    {
        var next = Experiment.Complete(Running(rounds: 1), Given.Result(0, Given.Outcome("train", Given.Model(101))))!;
        Assert.Equal((Lifecycle.Finished, 1, "all rounds are done"), (next.Lifecycle, next.Round, next.Reason));
        Assert.Equal([Given.Model(101)], next.Current);
    }

    [Fact]
    public void Complete_WithoutAnUpdate_KeepsTheModel() =>
        Assert.Equal([Given.Model(100)], Experiment.Complete(Running(), Given.Result(0, Given.Outcome("validate")))!.Current);

    [Fact]
    public void Complete_SeveralTrainingTasks_TheLastOneDecides() => Assert.Equal(
        [Given.Model(102)],
        Experiment.Complete(
            Running(), Given.Result(0, Given.Outcome("train", Given.Model(101)), Given.Outcome("fine-tune", Given.Model(102))))!.Current);

    [Fact]
    public void Complete_OptimizerState_IsReplacedByKindAndKeptOtherwise()
    {
        var optimizer = Given.Bundle(BundleKinds.Optimizer, 7);
        var first = Experiment.Complete(Running(), Given.Result(0, Given.Outcome("train", optimizer, Given.Model(101))))!;
        Assert.Equal([Given.Model(101), optimizer], first.Current);

        var second = Experiment.Complete(first, Given.Result(1, Given.Outcome("train", Given.Model(102))))!;
        Assert.Equal([Given.Model(102), optimizer], second.Current);
    }

    [Theory]
    [InlineData(true, 0.5, 0.6, true)]
    [InlineData(true, 0.5, 0.5, false)]
    [InlineData(true, 0.5, 0.4, false)]
    [InlineData(false, 0.5, 0.4, true)]
    [InlineData(false, 0.5, 0.6, false)]
    [InlineData(true, null, -1.0, true)]
    [InlineData(true, 0.5, double.NaN, false)]
    [InlineData(true, null, double.NaN, false)]
    public void Complete_AScore_IsBestWhenItBeatsTheBest(bool higher, double? before, double score, bool beats)
    {
        var earlier = before is { } old ? new BestModel(0, old, Given.Model(99)) : null;
        var state = Running(higherIsBetter: higher) with { Round = 1, Best = earlier };
        var next = Experiment.Complete(state, Given.Result(1, Given.Measured("validate", "accuracy", score), Given.Outcome("train", Given.Model(101))))!;

        // The score is of the model that the round started from.
        Assert.Equal(beats ? new BestModel(1, score, Given.Model(100)) : earlier, next.Best);
    }

    [Theory]
    [InlineData("train", "accuracy")]
    [InlineData("validate", "loss")]
    public void Complete_AnotherTasksOrMetricsScore_DoesNotCount(string task, string metric) =>
        Assert.Null(Experiment.Complete(Running(), Given.Result(0, Given.Measured(task, metric, 0.9)))!.Best);

    [Fact]
    public void Complete_WithoutAScore_KeepsTheBest()
    {
        var best = new BestModel(0, 0.5, Given.Model(99));
        Assert.Equal(best, Experiment.Complete(Running() with { Best = best }, Given.Result(0))!.Best);
    }

    [Fact]
    public void Start_OfACreatedOne_Runs_AndOfAnyOtherChangesNothing()
    {
        Assert.Equal(Lifecycle.Running, Experiment.Start(Experiment.Create(Definition())).Lifecycle);
        Assert.Equal(PausedByOperator(), Experiment.Start(PausedByOperator()));
    }

    [Fact]
    public void Pause_ByAnOperator_HandsOutNoWorkUntilResumed()
    {
        var running = Running();
        var paused = Experiment.Pause(running, "maintenance");
        Assert.Equal((Lifecycle.Paused, PauseCause.Operator, "maintenance"), (paused.Lifecycle, paused.Pause, paused.Reason));
        Assert.False(CurrentRound.Of(paused).HandsOutWork);
        Assert.Equal(running, Experiment.Resume(paused));
    }

    [Fact]
    public void Complete_WhilePausedByAnOperator_StaysPausedAtTheNextRound()
    {
        var next = Experiment.Complete(PausedByOperator(), Given.Result(0, Given.Outcome("train", Given.Model(101))))!;
        Assert.Equal((Lifecycle.Paused, PauseCause.Operator, 1), (next.Lifecycle, next.Pause, next.Round));
    }

    [Fact]
    public void Stick_HandsOutWorkAndRevivesByItself()
    {
        var stuck = Experiment.Stick(Running(), round: 0, "two are gone");
        Assert.Equal((Lifecycle.Paused, PauseCause.Collaborators, "two are gone"), (stuck.Lifecycle, stuck.Pause, stuck.Reason));
        Assert.True(CurrentRound.Of(stuck).HandsOutWork);
        Assert.Equal((Lifecycle.Running, ""), (Experiment.Revive(stuck).Lifecycle, Experiment.Revive(stuck).Reason));
        Assert.Equal(Lifecycle.Running, Experiment.Complete(stuck, Given.Result(0))!.Lifecycle);
    }

    [Fact]
    public void Stick_OfAnotherRoundOrAnOperatorsPause_ChangesNothing()
    {
        var running = Running();
        Assert.Same(running, Experiment.Stick(running, round: 1, "gone"));
        var paused = PausedByOperator();
        Assert.Same(paused, Experiment.Stick(paused, round: 0, "gone"));
        Assert.Same(paused, Experiment.Revive(paused));
    }

    [Fact]
    public void Pause_OfAStuckOne_BecomesTheOperators() =>
        Assert.Equal(PauseCause.Operator, Experiment.Pause(Experiment.Stick(Running(), 0, "gone"), "maintenance").Pause);

    [Theory]
    [InlineData(Lifecycle.Finished)]
    [InlineData(Lifecycle.Failed)]
    [InlineData(Lifecycle.Stopped)]
    public void AfterTheEnd_NothingChangesIt(Lifecycle end)
    {
        var ended = Running() with { Lifecycle = end, Reason = "over" };
        Assert.Same(ended, Experiment.Pause(ended, "x"));
        Assert.Same(ended, Experiment.Resume(ended));
        Assert.Same(ended, Experiment.Stick(ended, 0, "x"));
        Assert.Same(ended, Experiment.End(ended, Lifecycle.Stopped, "x"));
        Assert.Same(ended, Experiment.Start(ended));
    }

    private static ExperimentState PausedByOperator() => Running() with
    {
        Lifecycle = Lifecycle.Paused,
        Pause = PauseCause.Operator,
        Reason = "maintenance",
        Definition = Shared,
        Current = SharedModel,
    };

    private static readonly ExperimentDefinition Shared = Definition();
    private static readonly IReadOnlyList<TensorBundle> SharedModel = [Given.Model(100)];

    private static ExperimentDefinition Definition(int rounds = 3, bool higherIsBetter = true) => new(
        Given.Plan(rounds) with { Best = new("validate", "accuracy", higherIsBetter) }, "plan", "text", "code", Given.Model(100));

    private static ExperimentState Running(int rounds = 3, bool higherIsBetter = true) =>
        Experiment.Create(Definition(rounds, higherIsBetter)) with { Lifecycle = Lifecycle.Running };
}
