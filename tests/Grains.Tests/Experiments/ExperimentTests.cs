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

    private static ExperimentDefinition Definition(int rounds = 3, bool higherIsBetter = true) => new(
        Given.Plan(rounds) with { Best = new("validate", "accuracy", higherIsBetter) }, "plan", "text", "code", Given.Model(100));

    private static ExperimentState Running(int rounds = 3, bool higherIsBetter = true) =>
        Experiment.Create(Definition(rounds, higherIsBetter)) with { Lifecycle = Lifecycle.Running };
}
