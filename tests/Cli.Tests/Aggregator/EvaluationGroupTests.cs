using Actors.Cli.Composition;
using Actors.Cli.Tests;
using Actors.CollaboratorHost.Work;
using Actors.Contracts.Plans;

namespace Actors.Cli.Aggregator.Tests;

public class EvaluationGroupTests
{
    private static readonly Dictionary<string, TaskKind> Kinds = new()
    {
        ["aggregated_model_validation"] = TaskKind.ValidateGlobal,
        ["train"] = TaskKind.Train,
        ["locally_tuned_model_validation"] = TaskKind.ValidateLocal,
    };

    [Fact]
    public async Task Find_AGroupThatOnlyMeasures_IsThatGroup()
    {
        var group = EvaluationGroup.Find(await PlanAsync("watch", "aggregated_model_validation"), "watch", Kinds);

        Assert.Equal("watch", group.Name);
        Assert.Equal(["aggregated_model_validation"], group.Tasks);
    }

    [Fact]
    public async Task Find_Evaluation_InAPlanWithoutIt_IsWhatValidatesTheGlobalModel()
    {
        var group = EvaluationGroup.Find(await PlanAsync("watch", "train"), "evaluation", Kinds);

        Assert.Equal(["aggregated_model_validation"], group.Tasks);
        Assert.Empty(group.Collaborators);
    }

    [Fact]
    public async Task Find_Evaluation_InAPlanThatHasIt_IsThePlans()
    {
        var plan = await PlanAsync("evaluation", "train");

        Assert.Contains("its task 'train' is a training", Refusal(plan, "evaluation"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_AGroupThatThereIsNot_NamesThoseThereAre() => Assert.Equal(
        "The plan has no task group 'evaluate'; it has watch, train_and_validate. Choose one that only measures: watch, evaluation.",
        Refusal(await PlanAsync("watch", "aggregated_model_validation"), "evaluate"));

    [Fact]
    public async Task Find_AGroupThatTrains_NamesTheTask() => Assert.Equal(
        "The task group 'train_and_validate' trains: its task 'train' is a training, and an evaluation leaves the model as it is. "
            + "Choose one that only measures: watch, evaluation.",
        Refusal(await PlanAsync("watch", "aggregated_model_validation"), "train_and_validate"));

    [Fact]
    public async Task Find_AGroupThatMeasuresATrainedModel_NamesTheTask() => Assert.Equal(
        "The task group 'watch' needs a training: its task 'locally_tuned_model_validation' validates the model that a collaborator has trained "
            + "(apply: local), and an evaluation trains none. Choose one that only measures: evaluation.",
        Refusal(await PlanAsync("watch", "locally_tuned_model_validation"), "watch"));

    [Fact]
    public async Task Find_Evaluation_InAPlanThatValidatesNoGlobalModel_SaysSo()
    {
        var kinds = Kinds.ToDictionary(kind => kind.Key, _ => TaskKind.Train);
        var plan = await PlanAsync("watch", "train");
        var refusal = Assert.Throws<CommandException>(() => EvaluationGroup.Find(plan, "evaluation", kinds));

        Assert.Contains("no task that validates the global model", refusal.Message, StringComparison.Ordinal);
    }

    private static string Refusal(Plan plan, string group) => Assert.Throws<CommandException>(() => EvaluationGroup.Find(plan, group, Kinds)).Message;

    // The synthetic template's plan with one more group, of one task.
    private static async Task<Plan> PlanAsync(string group, string task)
    {
        using var workspace = await TestWorkspace.CreateAsync();
        var yaml = workspace.Read("plan", "plan.yaml").Replace(
            "task_groups:\n", $"task_groups:\n      - name: {group}\n        percentage: 0\n        tasks: [{task}]\n", StringComparison.Ordinal);
        return WorkspacePlan.Require(new PlanReader().Read(yaml), "plan/plan.yaml");
    }
}
