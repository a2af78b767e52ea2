using Actors.CollaboratorHost.Tests;

namespace Actors.CollaboratorHost.Work.Tests;

public sealed class WorkPlannerTests : IDisposable
{
    private const string Global = FakeTasks.ValidateGlobal;
    private const string Train = FakeTasks.Train;
    private const string Local = FakeTasks.ValidateLocal;

    private readonly FakeRunner _runner = new();

    [Fact]
    public void Plan_NothingKept_RunsAllInOrder() =>
        Assert.Equal(
            [
                new(Global, TaskKind.ValidateGlobal, StepAction.RunAndReport),
                new(Train, TaskKind.Train, StepAction.RunAndReport),
                new(Local, TaskKind.ValidateLocal, StepAction.RunAndReport, Train),
            ],
            Plan([Global, Train, Local]));

    [Fact]
    public void Plan_ResultKept_IsReportedWithoutRunning() =>
        Assert.Equal(
            [
                new(Train, TaskKind.Train, StepAction.Report),
                new(Local, TaskKind.ValidateLocal, StepAction.RunAndReport, Train),
            ],
            Plan([Train, Local], kept: [Train]));

    [Fact]
    public void Plan_TrainingAcceptedAndKept_MeasuresIt() =>
        Assert.Equal([new(Local, TaskKind.ValidateLocal, StepAction.RunAndReport, Train)], Plan([Local], kept: [Global, Train]));

    [Fact]
    public void Plan_TrainingAcceptedButGone_TrainsAgainWithoutReporting() =>
        Assert.Equal(
            [
                new(Train, TaskKind.Train, StepAction.Run),
                new(Local, TaskKind.ValidateLocal, StepAction.RunAndReport, Train),
            ],
            Plan([Local]));

    [Fact]
    public void Plan_LocalValidationBeforeItsTraining_TrainsOnce() =>
        Assert.Equal(
            [
                new(Train, TaskKind.Train, StepAction.Run),
                new(Local, TaskKind.ValidateLocal, StepAction.RunAndReport, Train),
                new(Train, TaskKind.Train, StepAction.Report),
            ],
            Plan([Local, Train]));

    [Fact]
    public void Plan_SeveralTrainings_MeasuresTheOneThatRanInThisRound() =>
        Assert.Equal(
            "fine_tune",
            Plan([Local], kept: ["fine_tune"], tasks: [Train, "fine_tune", Local, "late"])[0].TrainedBy);

    [Fact]
    public void Plan_SeveralTrainingsWanted_MeasuresTheLastBefore() =>
        Assert.Equal(
            "fine_tune",
            Plan([Train, "fine_tune", Local, "late"], tasks: [Train, "fine_tune", Local, "late"])[2].TrainedBy);

    [Fact]
    public void Plan_RefusedInThisRound_CountsAsDone() =>
        Assert.Equal(
            [new(Global, TaskKind.ValidateGlobal, StepAction.RunAndReport)],
            Plan([Global, Train], kept: [Train], givenUp: [Train]));

    [Fact]
    public void Plan_TaskNotInThePlan_NamesItAndTheKnownOnes()
    {
        var failure = Assert.Throws<WorkFailedException>(() => Plan(["dream"]));

        Assert.Equal(
            $"The aggregator wants the task 'dream', which is not in this plan ({Global}, {Train}, {Local}); use the aggregator's plan.",
            failure.Message);
    }

    [Fact]
    public void Plan_LocalValidationWithoutAnyTraining_SaysSo() =>
        Assert.Contains(
            "has no training task",
            Assert.Throws<WorkFailedException>(() => Plan([Local], tasks: [Local])).Message, StringComparison.Ordinal);

    public void Dispose() => _runner.Dispose();

    private IReadOnlyList<Step> Plan(string[] wanted, string[]? kept = null, string[]? givenUp = null, string[]? tasks = null) =>
        WorkPlanner.Plan(
            wanted,
            tasks is null ? new FakeTasks(_runner) : new FakeTasks(_runner) { Tasks = tasks },
            new HashSet<string>(kept ?? []),
            new HashSet<string>(givenUp ?? []));
}
