namespace Actors.Contracts.Plans.Tests;

public class CatalogueValidatorTests
{
    private const string Groups = """
            task_groups:
              - name: all
                percentage: 1.0
                tasks: [validate_global, train]

        """;

    private static readonly FakeCatalogue Complete = new(
        ["src.ShardLoader"],
        ["src.Runner"],
        [new TaskFunction("validate"), new TaskFunction("train_task", Setting.Whole("epochs", minimum: 1).Required())],
        ["src.Huber"],
        ["src.InTurn"],
        ["src.Notes"]);

    [Fact]
    public void Check_PlanThatFitsTheCode_HasNoProblem() => Assert.Equal("", ValidPlan.ProblemsOf(ValidPlan.Yaml, Complete));

    [Fact]
    public void Check_UnknownCatalogue_IsNotChecked() =>
        Assert.Equal("", ValidPlan.ProblemsOf(ValidPlan.Yaml, new FakeCatalogue(null, null, null, null, null, null)));

    [Fact]
    public void Check_RuleThatIsAClassOfTheWorkspace_HasNoProblemAndKeepsItsSettings()
    {
        var result = new PlanReader(Complete).Read(ValidPlan.With(
            "function: train_task", "function: train_task\n    aggregation_type: {template: src.Huber, settings: {width: 2}}"));

        Assert.Empty(result.Problems);
        var train = result.Plan!.Tasks.Single(task => task.Name == "train");
        Assert.True(train.HasOwnRule);
        Assert.Equal(("src.Huber", 2.0), (train.Rule, train.RuleSettings.Number("width")));
        Assert.All(result.Plan.Tasks.Where(task => task != train), task => Assert.False(task.HasOwnRule));
    }

    [Fact]
    public void Check_AssignerThatIsAClassOfTheWorkspace_KeepsItsSettingsApartFromTheSeed()
    {
        var yaml = ValidPlan.With(Groups, "    each: 2\n    seed: 5\n").Replace("template: random_grouped", "template: src.InTurn", StringComparison.Ordinal);
        var result = new PlanReader(Complete).Read(yaml);

        Assert.Equal("", result.Problems.ToText());
        var assigner = result.Plan!.Assigner;
        Assert.Equal(("src.InTurn", true, 5L), (assigner.Template, assigner.IsOwn, assigner.Seed));
        Assert.Empty(assigner.TaskGroups);
        Assert.Equal(["each"], assigner.OwnSettings.Values.Entries.Select(entry => entry.Key));
    }

    [Fact]
    public void Check_MetricCallback_KeepsItsSettings()
    {
        var result = new PlanReader(Complete).Read(ValidPlan.With(
            "rounds_to_train: 3", "rounds_to_train: 3\n    log_metric_callback: {template: src.Notes, settings: {file: heard.txt}}"));

        Assert.Equal("", result.Problems.ToText());
        var callback = result.Plan!.Aggregator.MetricCallback!;
        Assert.Equal(("src.Notes", "heard.txt"), (callback.ClassName, callback.Settings.Text("file")));
    }

    [Theory]
    [InlineData("template: random_grouped", "template: Fair", "assigner.template (line 24): \"Fair\" is not an assigner of the workspace; known: src.InTurn.")]
    [InlineData("rounds_to_train: 3", "rounds_to_train: 3\n    log_metric_callback: {template: src.write_metric}", "aggregator.settings.log_metric_callback.template (line 8): \"src.write_metric\" is not a metric callback of the workspace; known: src.Notes.")]
    [InlineData("rounds_to_train: 3", "rounds_to_train: 3\n    log_metric_callback: {file: x}", "aggregator.settings.log_metric_callback.file (line 8): is not a known key; known: template, settings, defaults.\naggregator.settings.log_metric_callback.template (line 8): is missing; write the name of a class of the workspace.")]
    [InlineData("rounds_to_train: 3", "rounds_to_train: 3\n    log_metric_callback: src.Notes", "aggregator.settings.log_metric_callback (line 8): \"src.Notes\" is not a map; write keys with values.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: Hubert}", "tasks.train.aggregation_type.template (line 36): \"Hubert\" is not an aggregation rule of the workspace; known: src.Huber.")]
    [InlineData("src.ShardLoader", "src.ShardLoaders", "data_loader.template (line 13): \"src.ShardLoaders\" is not a data loader of the workspace; did you mean src.ShardLoader? Known: src.ShardLoader.")]
    [InlineData("src.Runner", "src.Other", "task_runner.template (line 17): \"src.Other\" is not a task runner of the workspace; did you mean src.Runner? Known: src.Runner.")]
    [InlineData("function: validate", "function: validat", "tasks.validate_global.function (line 32): \"validat\" is not a task function of src.Runner; did you mean validate? Known: validate, train_task.")]
    [InlineData("epochs: 1", "epochs: 0", "tasks.train.kwargs.epochs (line 37): 0 is under 1; write a whole number of at least 1.")]
    [InlineData("epochs: 1", "epochs: 1.5", "tasks.train.kwargs.epochs (line 37): 1.5 is not a whole number; write a whole number of at least 1.")]
    [InlineData("epochs: 1", "epochs: 1\n      epoch: 2", "tasks.train.kwargs.epoch (line 38): is not a known key; did you mean epochs? Known: epochs, apply, metrics.")]
    [InlineData("    kwargs:\n      epochs: 1\n", "", "tasks.train.kwargs.epochs (line 34): is missing; write a whole number of at least 1.")]
    public void Check_PlanThatDoesNotFitTheCode_SaysWhatDoes(string valid, string broken, string expected) =>
        Assert.Equal(expected, ValidPlan.ProblemsOf(ValidPlan.With(valid, broken), Complete));

    private sealed class FakeCatalogue(string[]? loaders, string[]? runners, TaskFunction[]? functions, string[]? rules, string[]? assigners, string[]? callbacks)
        : IWorkspaceCatalogue
    {
        public IReadOnlyCollection<string>? DataLoaders => loaders;

        public IReadOnlyCollection<string>? TaskRunners => runners;

        public IReadOnlyCollection<string>? AggregationRules => rules;

        public IReadOnlyCollection<string>? Assigners => assigners;

        public IReadOnlyCollection<string>? MetricCallbacks => callbacks;

        public IReadOnlyCollection<TaskFunction>? FunctionsOf(string taskRunner) => taskRunner == "src.Runner" ? functions : null;
    }
}
