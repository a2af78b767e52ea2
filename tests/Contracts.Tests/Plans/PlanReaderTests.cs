using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Actors.Contracts.Plans.Tests;

public class PlanReaderTests
{
    [Fact]
    public void Read_ValidPlan_FillsInDefaults()
    {
        var plan = ValidPlan.Read(ValidPlan.Yaml);

        Assert.Equal(new AggregatorPlan(3, "save/init.bin", "save/best.bin", "save/last.bin", 1, false, new BestMetric("validate_global", "acc", MetricGoal.Higher), null), plan.Aggregator);
        Assert.Equal(new CollaboratorPlan(OptimizerTreatment.Reset, false, 1, DeviceAssignmentPolicy.CpuOnly), plan.Collaborator);
        Assert.Equal(new NetworkPlan("aggregator.example.org", 50051, MinimumTls.Tls13, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), RequireExtendedKeyUsage: true), plan.Network);
        Assert.Equal(("random_grouped", 0), (plan.Assigner.Template, plan.Assigner.Seed));
        Assert.Equal(("none", "wait_all"), (plan.Compression.Template, plan.Straggler.Template));
        Assert.True(plan.IsResolved);
    }

    [Fact]
    public void Read_Tasks_KeepTheirOrderAndArguments()
    {
        var plan = ValidPlan.Read(ValidPlan.Yaml);

        Assert.Equal(["validate_global", "train"], plan.Tasks.Select(task => task.Name));
        Assert.Equal((TaskModel.Global, "bounded_average"), (plan.Tasks[0].Apply, plan.Tasks[0].Rule));
        Assert.Equal(1, plan.Tasks[1].Arguments.Whole("epochs"));
        Assert.Null(plan.Tasks[1].Apply);
    }

    [Fact]
    public void Read_FreeSettings_AreCheckedByWhoOwnsThem()
    {
        var settings = ValidPlan.Read(ValidPlan.Yaml).DataLoader.Settings;
        var problems = new PlanProblems();

        settings.Under([Setting.Whole("batch_size", minimum: 1, maximum: 32), Setting.Text("shard").Required()], problems);

        Assert.Equal(
            """
            data_loader.settings.batch_size (line 15): 64 is over 32; write a whole number from 1 to 32.
            data_loader.settings.shard (line 15): is missing; write a text, in quotes if it looks like anything else.
            """,
            problems.ToText());
    }

    [Theory]
    [InlineData("openfl.component.RandomGroupedAssigner", "random_grouped")]
    [InlineData("openfl.component.assigner.RandomGroupedAssigner", "random_grouped")]
    [InlineData("openfl.component.assigner.random_grouped_assigner.RandomGroupedAssigner", "random_grouped")]
    public void Read_AssignerAlias_IsOurName(string spelling, string name) =>
        Assert.Equal(name, ValidPlan.Read(ValidPlan.With("random_grouped", spelling)).Assigner.Template);

    [Theory]
    [InlineData("wait_all", "wait_all")]
    [InlineData("openfl.component.straggler_handling_functions.CutoffTimeBasedStragglerHandling", "cutoff_time")]
    [InlineData("openfl.component.aggregator.straggler_handling.CutoffTimePolicy", "cutoff_time")]
    [InlineData("openfl.component.straggler_handling_functions.PercentageBasedStragglerHandling", "percentage")]
    [InlineData("openfl.component.aggregator.straggler_handling.PercentagePolicy", "percentage")]
    public void Read_StragglerAlias_IsOurName(string spelling, string name) =>
        Assert.Equal(name, ValidPlan.Read(ValidPlan.And($"straggler_handling_policy: {{template: {spelling}}}")).Straggler.Template);

    [Fact]
    public void Read_CutoffWithoutTime_NeverCutsOff()
    {
        var settings = ValidPlan.Read(ValidPlan.And("straggler_handling_policy: {template: cutoff_time}")).Straggler.Settings;

        Assert.Equal(double.PositiveInfinity, settings.Number("straggler_cutoff_time"));
        Assert.Equal(1, settings.Whole("minimum_reporting"));
    }

    [Theory]
    [InlineData("1.2", MinimumTls.Tls12)]
    [InlineData("'1.2'", MinimumTls.Tls12)]
    [InlineData("1.3", MinimumTls.Tls13)]
    public void Read_MinimumTls_IsAVersionQuotedOrNot(string written, MinimumTls expected) =>
        Assert.Equal(expected, ValidPlan.Read(ValidPlan.With("tls: true", $"minimum_tls: {written}")).Network.MinimumTls);

    [Theory]
    [InlineData("best_metric: {task: train, metric: loss, goal: lower}", "train", "loss", MetricGoal.Lower)]
    [InlineData("best_metric: {task: train}", "train", "accuracy", MetricGoal.Higher)]
    [InlineData("best_metric: {metric: f1}", "validate_global", "f1", MetricGoal.Higher)]
    [InlineData("write_logs: true", "validate_global", "acc", MetricGoal.Higher)]
    public void Read_BestMetric_IsCompletedFromTheTasks(string setting, string task, string metric, MetricGoal goal)
    {
        var plan = ValidPlan.Read(ValidPlan.With("rounds_to_train: 3", setting));

        Assert.Equal(new BestMetric(task, metric, goal), plan.Aggregator.BestMetric);
    }

    [Fact]
    public void Read_NoTaskOnTheGlobalModel_HasNoBestMetric()
    {
        var plan = ValidPlan.Read(ValidPlan.With("apply: global", "apply: local"));

        Assert.Equal(new BestMetric(null, null, MetricGoal.Higher), plan.Aggregator.BestMetric);
    }

    [Fact]
    public void Read_Auto_IsValidAndUnresolved()
    {
        var plan = ValidPlan.Read(ValidPlan.With("agg_port: 50051", "agg_port: auto"));

        Assert.Null(plan.Network.AggregatorPort);
        Assert.False(plan.IsResolved);
    }

    // A plan that names the original's average says that nothing is to be bounded; one that names nothing is bounded.
    [Theory]
    [InlineData("openfl.interface.aggregation_functions.WeightedAverage", "weighted_average")]
    [InlineData("openfl.interface.aggregation_functions.GeometricMedian", "geometric_median")]
    [InlineData("openfl.interface.aggregation_functions.adagrad_adaptive_aggregation.AdagradAdaptiveAggregation", "fed_adagrad")]
    [InlineData("openfl.interface.aggregation_functions.AdamAdaptiveAggregation", "fed_adam")]
    [InlineData("openfl.interface.aggregation_functions.YogiAdaptiveAggregation", "fed_yogi")]
    [InlineData("openfl.interface.aggregation_functions.FedCurvWeightedAverage", "fed_curv")]
    public void Read_TheOriginalsRules_AreOurs(string written, string rule)
    {
        var yaml = ValidPlan.With("function: train_task", $"function: train_task\n    aggregation_type: {{template: {written}}}");
        Assert.Equal(rule, new PlanReader().Read(yaml).Plan!.Tasks[1].Rule);
    }

    [Fact]
    public void Read_LocalTensors_AreThePatterns()
    {
        var yaml = ValidPlan.With("opt_treatment: RESET", "local_tensors: ['norm.*', '*.bn.*']");
        Assert.Equal(["norm.*", "*.bn.*"], new PlanReader().Read(yaml).Plan!.Collaborator.LocalTensors);
    }

    [Fact]
    public void Read_TemplateOfAnotherModule_IsAddedWithItsSchema()
    {
        var names = TemplateNames.BuiltIn.With(
            TemplateKind.AggregationRule,
            new TemplateName("own_mean", [Setting.Fraction("trim", 0.1)], "example.OwnMean"));
        var yaml = ValidPlan.With("function: train_task", "function: train_task\n    aggregation_type: {template: example.OwnMean}");

        var task = new PlanReader(names: names).Read(yaml).Plan!.Tasks[1];

        Assert.Equal(("own_mean", 0.1), (task.Rule, task.RuleSettings.Number("trim")));
    }

    [Fact]
    public void ReadWorkspace_WithoutPlan_IsAProblem()
    {
        using var workspace = new TemporaryWorkspace();

        Assert.Equal(
            "plan/plan.yaml: cannot be read; run this in a workspace folder that has a plan.",
            new PlanReader().ReadWorkspace(workspace.Folder).Problems.ToText());
    }

    [Property]
    public bool Read_AnyText_NeverThrows(string text)
    {
        var result = new PlanReader().Read(text ?? "");
        return !result.IsValid && result.Problems.Count > 0;
    }

    [Property(MaxTest = 300)]
    public Property Read_AnyDamage_NeverThrows() => Prop.ForAll(
        Gen.Choose(0, ValidPlan.Yaml.Length - 1).ToArbitrary(),
        Gen.Elements("[]{}:,-?&*!|>'\"%@`#~<. \n\tax0\\".ToCharArray()).ArrayOf().ToArbitrary(),
        (at, characters) =>
        {
            var result = new PlanReader().Read(ValidPlan.Yaml.Insert(at, new string(characters)));
            return result.IsValid == (result.Problems.Count == 0);
        });
}
