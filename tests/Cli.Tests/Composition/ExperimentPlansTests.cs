using Actors.Cli.Tests;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Grains.Assignment;

namespace Actors.Cli.Composition.Tests;

public class ExperimentPlansTests
{
    [Fact]
    public async Task Of_TakesRoundsTasksGroupsAndChoices()
    {
        var plan = ExperimentPlans.Of(await PlanAsync(yaml => yaml
            .Replace("template: wait_all", "template: cutoff_time\n  settings:\n    straggler_cutoff_time: 30\n    minimum_reporting: 2", StringComparison.Ordinal)));

        Assert.Equal(5, plan.Rounds);
        Assert.Equal(["aggregated_model_validation", "train", "locally_tuned_model_validation"], plan.Tasks.Select(task => task.Name));
        Assert.All(plan.Tasks, task => Assert.Equal("bounded_average", task.Rule.Name));
        Assert.Equal("random_grouped", plan.Assigner.Name);
        Assert.Equal(1, Assert.Single(plan.Assigner.Groups).Percentage);
        Assert.Equal("cutoff_time", plan.Stragglers.Name);
        Assert.Equal(30, plan.Stragglers.Number("straggler_cutoff_time", 0));
        Assert.Equal(("aggregated_model_validation", "accuracy", true), (plan.Best.Task, plan.Best.Metric, plan.Best.HigherIsBetter));
        Assert.Equal(2, plan.StoredRounds);
    }

    [Theory]
    [InlineData("-1", int.MaxValue)]
    [InlineData("0", 2)]
    [InlineData("3", 3)]
    public async Task Of_KeepsAtLeastTheNewestModelAndTheOneBefore(string written, int kept)
    {
        var plan = await PlanAsync(yaml => yaml.Replace("db_store_rounds: 2", $"db_store_rounds: {written}", StringComparison.Ordinal));

        Assert.Equal(kept, ExperimentPlans.Of(plan).StoredRounds);
    }

    [Fact]
    public async Task Of_ThePapersFigure4_LetsRoundsDrawWhoOnlyValidates()
    {
        using var workspace = await TestWorkspace.CreateAsync("torch_cnn_digits");
        var read = new PlanReader().Read(workspace.Read("plan", "plans", "two_groups", "plan.yaml"));
        var choice = ExperimentPlans.Of(WorkspacePlan.Require(read, "plan.yaml")).Assigner;
        CollaboratorName[] members = [.. Enumerable.Range(0, 10).Select(number => new CollaboratorName($"c{number}"))];

        var rounds = Enumerable.Range(0, 10).Select(round => Assigners.BuiltIn.Find(choice.Name).Assign(choice, round, 0, members).Tasks).ToList();

        Assert.All(rounds, round =>
        {
            Assert.Equal(10, round.Count);
            Assert.Equal(7, round.Values.Count(tasks => tasks.Contains("train")));
            Assert.Equal(3, round.Values.Count(tasks => tasks is ["aggregated_model_validation"]));
        });
        Assert.True(rounds.Select(round => string.Join(",", round.Where(one => one.Value.Count == 1).Select(one => one.Key).Order())).Distinct().Count() > 1);
    }

    private static async Task<Plan> PlanAsync(Func<string, string> edit)
    {
        using var workspace = await TestWorkspace.CreateAsync();
        return WorkspacePlan.Require(new PlanReader().Read(edit(workspace.Read("plan", "plan.yaml"))), "plan/plan.yaml");
    }
}
