namespace Actors.Contracts.Plans.Tests;

/// <summary>Every kind of mistake with the exact words a person reads. One row is one mistake in an otherwise valid plan.</summary>
public class BrokenPlanTests
{
    [Theory]
    [InlineData("rounds_to_train: 3", "rounds_to_train: 0", "aggregator.settings.rounds_to_train (line 7): 0 is under 1; write a whole number from 1 to 1000000.")]
    [InlineData("rounds_to_train: 3", "rounds_to_train: ten", "aggregator.settings.rounds_to_train (line 7): \"ten\" is not a whole number; write a whole number from 1 to 1000000.")]
    [InlineData("rounds_to_train: 3", "rounds_to_train: 99999999999999999999", "aggregator.settings.rounds_to_train (line 7): 99999999999999999999 does not fit in 64 bits; write a smaller number, or quotes around it.")]
    [InlineData("rounds_to_train: 3", "write_logs: yes", "aggregator.settings.write_logs (line 7): \"yes\" is neither true nor false; write true or false.")]
    [InlineData("rounds_to_train: 3", "rounds_to_trian: 3", "aggregator.settings.rounds_to_trian (line 7): is not a known key; did you mean rounds_to_train? Known: init_state_path, best_state_path, last_state_path, rounds_to_train, db_store_rounds, write_logs, best_metric, log_metric_callback, single_col_cert_common_name.")]
    [InlineData("    init_state_path: save/init.bin\n", "", "aggregator.settings.init_state_path (line 4): is missing; write a path inside the workspace, like save/model.bin.")]
    [InlineData("save/init.bin", "../init.bin", "aggregator.settings.init_state_path (line 4): \"../init.bin\" leaves the workspace; write a path inside the workspace, like save/model.bin.")]
    [InlineData("save/init.bin", "/etc/init.bin", "aggregator.settings.init_state_path (line 4): \"/etc/init.bin\" leaves the workspace; write a path inside the workspace, like save/model.bin.")]
    [InlineData("save/init.bin", "'C:\\init.bin'", "aggregator.settings.init_state_path (line 4): \"C:\\\\init.bin\" leaves the workspace; write a path inside the workspace, like save/model.bin.")]
    [InlineData("rounds_to_train: 3", "best_metric: {task: validate_globl}", "aggregator.settings.best_metric.task (line 7): \"validate_globl\" is not one of the plan's tasks; did you mean validate_global? Known: validate_global, train.")]
    [InlineData("rounds_to_train: 3", "best_metric: {goal: up}", "aggregator.settings.best_metric.goal (line 7): \"up\" is not a choice; write higher or lower.")]
    [InlineData("opt_treatment: RESET", "opt_treatment: reset", "collaborator.settings.opt_treatment (line 11): \"reset\" is not a choice; write RESET or CONTINUE_LOCAL or CONTINUE_GLOBAL.")]
    [InlineData("epochs: 1", "epochs: 1\ncompression_pipeline: {template: openfl.pipelines.STCPipeline}", "compression_pipeline.template (line 38): \"openfl.pipelines.STCPipeline\" keeps a part of what is sent, which is right for the change of a model and wrong for a model; write delta_updates: true in collaborator.settings.")]
    [InlineData("epochs: 1", "epochs: 1\ncompression_pipeline: {template: pipeline, settings: {fraction: 0.5}}", "compression_pipeline.template (line 38): \"pipeline\" keeps a part of what is sent, which is right for the change of a model and wrong for a model; write delta_updates: true in collaborator.settings.")]
    [InlineData("epochs: 1", "epochs: 1\ncompression_pipeline: {template: pipeline, settings: {values: int7}}", "compression_pipeline.settings.values (line 38): \"int7\" is not a choice; write float32 or float16 or bfloat16 or int8 or int4 or ternary or k_means or eden.")]
    [InlineData("epochs: 1", "epochs: 1\ncompression_pipeline: {template: eden, settings: {n_bits: 9}}", "compression_pipeline.settings.n_bits (line 38): 9 is over 8; write a whole number from 1 to 8.")]
    [InlineData("epochs: 1", "epochs: 1\ncompression_pipeline: {template: stk}", "compression_pipeline.template (line 38): \"stk\" is not a known compression pipeline; did you mean stc? Known: none, zstd, float16, bfloat16, int8, int4, eden, top_k, stc, kc, skc, pipeline.")]
    [InlineData("opt_treatment: RESET", "local_tensors: norm", "collaborator.settings.local_tensors (line 11): \"norm\" is not a list; write a list of texts, like [a, b].")]
    [InlineData("  template: src.ShardLoader\n", "", "data_loader.template (line 12): is missing; write the name of a class of the workspace.")]
    [InlineData("agg_port: 50051", "agg_port: 70000", "network.settings.agg_port (line 21): 70000 is over 65535; write a port from 1 to 65535, or auto.")]
    [InlineData("agg_port: 50051", "agg_port: '50051'", "network.settings.agg_port (line 21): \"50051\" is not a port; write a port from 1 to 65535, or auto.")]
    [InlineData("aggregator.example.org", "example.org:50051", "network.settings.agg_addr (line 20): \"example.org:50051\" is not a host; write a host name or IP address without port, or auto.")]
    [InlineData("tls: true", "tls: false", "network.settings.tls (line 22): false is refused, every connection is mutual TLS; write true or remove the key.")]
    [InlineData("tls: true", "disable_client_auth: true", "network.settings.disable_client_auth (line 22): true is refused, a collaborator is known by its certificate; write false or remove the key.")]
    [InlineData("tls: true", "single_col_cert_common_name: everybody", "network.settings.single_col_cert_common_name (line 22): \"everybody\" is refused, each collaborator has a certificate of its own; remove the key.")]
    [InlineData("tls: true", "minimum_tls: 1.1", "network.settings.minimum_tls (line 22): 1.1 is not a choice; write 1.3 or 1.2.")]
    [InlineData("tls: true", "lease_seconds: 0.5", "network.settings.lease_seconds (line 22): 0.5 is under 1; write a number from 1 to 86400.")]
    [InlineData("template: random_grouped", "template: random_group", "assigner.template (line 24): \"random_group\" is not a known assigner; did you mean random_grouped? Known: random_grouped, static_grouped, fraction.")]
    [InlineData("template: random_grouped", "template: 7", "assigner.template (line 24): 7 is not a known assigner; known: random_grouped, static_grouped, fraction.")]
    [InlineData("percentage: 1.0", "percentage: 1.5", "assigner.settings.task_groups[0].percentage (line 28): 1.5 is over 1; write a fraction from 0 to 1.")]
    [InlineData("percentage: 1.0", "percentage: 0.9", "assigner.settings.task_groups (line 27): percentages sum to 0.9; make them sum to 1.")]
    [InlineData("        percentage: 1.0\n", "", "assigner.settings.task_groups[0].percentage (line 27): is missing; write a fraction from 0 to 1.")]
    [InlineData("[validate_global, train]", "[validate_global, trian]", "assigner.settings.task_groups[0].tasks[1] (line 29): \"trian\" is not one of the plan's tasks; did you mean train? Known: validate_global, train.")]
    [InlineData("[validate_global, train]", "[train, train]", "assigner.settings.task_groups[0].tasks[1] (line 29): \"train\" is twice in the group; name a task once.")]
    [InlineData("[validate_global, train]", "[]", "assigner.settings.task_groups[0].tasks (line 29): a list is empty; write a list of texts, like [a, b].")]
    [InlineData("apply: global", "apply: everywhere", "tasks.validate_global.kwargs.apply (line 33): \"everywhere\" is not a choice; write global or local.")]
    [InlineData("metrics: [acc]", "metrics: acc", "tasks.validate_global.kwargs.metrics (line 33): \"acc\" is not a list; write a list of texts, like [a, b].")]
    [InlineData("    function: train_task\n", "", "tasks.train.function (line 34): is missing; write the name of a method of the task runner.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: openfl.Mode}", "tasks.train.aggregation_type.template (line 36): \"openfl.Mode\" is not a known aggregation rule; known: bounded_average, weighted_average, median, trimmed_mean, norm_bounded, geometric_median, krum, multi_krum, fed_avg_m, fed_adagrad, fed_adam, fed_yogi, scaffold, fed_curv.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: bounded_average, settings: {norm_multiplier: 0.5}}", "tasks.train.aggregation_type.settings.norm_multiplier (line 36): 0.5 is under 1; write a number of at least 1.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: norm_bounded}", "tasks.train.aggregation_type.settings.bound (line 36): is missing; write a number of at least 1E-12.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: krum, settings: {byzantine_collaborators: 1.5}}", "tasks.train.aggregation_type.settings.byzantine_collaborators (line 36): 1.5 is not a whole number; write a whole number of at least 0.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: multi_krum, settings: {selected_collaborators: 0}}", "tasks.train.aggregation_type.settings.selected_collaborators (line 36): 0 is under 1; write a whole number of at least 1.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: geometric_median, settings: {smoothing: 0}}", "tasks.train.aggregation_type.settings.smoothing (line 36): 0 is under 1E-12; write a number of at least 1E-12.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: fed_adam, settings: {beta_2: 1}}", "tasks.train.aggregation_type.settings.beta_2 (line 36): 1 is over 0.999999; write a number from 0 to 0.999999.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: fed_adagrad, settings: {beta_2: 0.9}}", "tasks.train.aggregation_type.settings.beta_2 (line 36): is not a known key; did you mean beta_1? Known: learning_rate, beta_1, epsilon, initial_accumulator_value, norm_multiplier, leave_out_multiplier.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: scaffold}\n  tune:\n    function: tune_task\n    aggregation_type: {template: scaffold}", "tasks.tune.aggregation_type.template (line 39): \"scaffold\" controls a training's steps, as scaffold of train does already; one task of a plan can be controlled. Choose another rule.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: scaffold}\n  tune:\n    function: tune_task\n    aggregation_type: {template: fed_curv}", "tasks.tune.aggregation_type.template (line 39): \"fed_curv\" controls a training's steps, as scaffold of train does already; one task of a plan can be controlled. Choose another rule.")]
    [InlineData("function: train_task", "function: train_task\n    aggregation_type: {template: fed_curv, settings: {importance: 0}}", "tasks.train.aggregation_type.settings.importance (line 36): 0 is under 1E-12; write a number of at least 1E-12.")]
    [InlineData("epochs: 1", "epochs: 1\n    aggregation_type: {template: scaffold}\nstraggler_handling_policy: {template: async}", "tasks.train.aggregation_type.template (line 38): \"scaffold\" needs rounds: what controls the steps of one round comes of those before. Choose another straggler policy than async.")]
    [InlineData("epochs: 1", "epochs: 1\n  a b: {function: f}", "tasks.a b (line 38): is not a task name; write 1 to 64 letters, digits, _ or -.")]
    [InlineData("epochs: 1", "epochs: .nan", "tasks.train.kwargs.epochs (line 37): NaN is not a number that a plan can agree on; write a number.")]
    [InlineData("epochs: 1", "epochs: 1\nstragler_handling_policy: {}", "stragler_handling_policy (line 38): is not a known section; did you mean straggler_handling_policy? Known: aggregator, collaborator, data_loader, task_runner, network, assigner, tasks, compression_pipeline, straggler_handling_policy.")]
    [InlineData("epochs: 1", "epochs: 1\nstraggler_handling_policy: {settings: {minimum_reporting: 2}}", "straggler_handling_policy.template (line 38): is missing; write wait_all or cutoff_time or percentage or adaptive or async.")]
    [InlineData("epochs: 1", "epochs: 1\ncompression_pipeline: zip", "compression_pipeline (line 38): \"zip\" is not a section; write template: and settings: under it.")]
    [InlineData("epochs: 1", "epochs: 1\n      epochs: 2", "tasks.train.kwargs.epochs (line 38): is given twice, first in line 37; keep one.")]
    [InlineData("epochs: 1", "epochs: *count", "tasks.train.kwargs.epochs (line 37): *count names no anchor above it; write &count before the value that is meant.")]
    [InlineData("epochs: 1", "epochs: !!python/object:os.system ls", "tasks.train.kwargs.epochs (line 37): the tag tag:yaml.org,2002:python/object:os.system is not understood; write the value without it.")]
    [InlineData("  template: src.Runner", "  template: src.Runner\n  setings: {}", "task_runner.setings (line 18): is not a known key; did you mean settings? Known: template, settings, defaults.")]
    public void Read_OneMistake_IsNamedWithItsRemedy(string valid, string broken, string expected) =>
        Assert.Equal(expected, ValidPlan.ProblemsOf(ValidPlan.With(valid, broken)));

    [Theory]
    [InlineData("", "line 1: the plan is empty; write sections like aggregator: and tasks:.")]
    [InlineData("- a", "line 1: the plan is a list; write sections like aggregator: and tasks:.")]
    [InlineData("aggregator: [\n", "line 2: column 1: While parsing a node, did not find expected node content; write it as YAML.")]
    [InlineData("aggregator:\n  template: \"open", "line 2: column 13: While scanning a quoted scalar, found unexpected end of stream; write it as YAML.")]
    [InlineData("a: {[b: c}\nd:", "line 1: column 4: from here on it cannot be understood; write it as YAML, brackets closed.")]
    public void Read_NoPlanAtAll_IsOneProblem(string yaml, string expected) => Assert.Equal(expected, ValidPlan.ProblemsOf(yaml));

    [Fact]
    public void Read_SeveralMistakes_AreReportedAtOnceInTheOrderOfTheFile()
    {
        var yaml = ValidPlan.With("rounds_to_train: 3", "rounds_to_train: -1")
            .Replace("tls: true", "tls: false", StringComparison.Ordinal)
            .Replace("percentage: 1.0", "percentage: half", StringComparison.Ordinal);

        Assert.Equal(
            """
            aggregator.settings.rounds_to_train (line 7): -1 is under 1; write a whole number from 1 to 1000000.
            network.settings.tls (line 22): false is refused, every connection is mutual TLS; write true or remove the key.
            assigner.settings.task_groups[0].percentage (line 28): "half" is not a number; write a fraction from 0 to 1.
            """,
            ValidPlan.ProblemsOf(yaml));
    }

    [Fact]
    public void Read_EmptySections_NameWhatIsMissing() => Assert.Equal(
        """
        data_loader.template: is missing; write the name of a class of the workspace.
        task_runner.template: is missing; write the name of a class of the workspace.
        assigner.settings.task_groups: is missing; write a list of maps with name, percentage, tasks.
        tasks: has no task; write one like train: {function: train_task}.
        aggregator.settings.init_state_path (line 1): is missing; write a path inside the workspace, like save/model.bin.
        aggregator.settings.best_state_path (line 1): is missing; write a path inside the workspace, like save/model.bin.
        aggregator.settings.last_state_path (line 1): is missing; write a path inside the workspace, like save/model.bin.
        """,
        ValidPlan.ProblemsOf("aggregator:"));

    [Fact]
    public void Read_CollaboratorInTwoStaticGroups_IsNamed()
    {
        var yaml = ValidPlan.With("random_grouped", "static_grouped")
            .Replace("percentage: 1.0", "collaborators: [one, two, One]", StringComparison.Ordinal);

        Assert.Equal(
            "assigner.settings.task_groups[0].collaborators[2] (line 28): \"One\" is in two groups; a collaborator belongs to one.",
            ValidPlan.ProblemsOf(yaml));
    }

    [Fact]
    public void Read_TooMuchNesting_IsAProblem() => Assert.Contains(
        "more than 64 levels of nesting",
        ValidPlan.ProblemsOf(ValidPlan.With("epochs: 1", $"epochs: {new string('[', 200)}{new string(']', 200)}")),
        StringComparison.Ordinal);

    [Fact]
    public void Read_AliasesThatMultiply_AreAProblem()
    {
        var levels = Enumerable.Range(1, 9).Select(i => $"\n      l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 10))}]");

        var problems = ValidPlan.ProblemsOf(ValidPlan.With("epochs: 1", $"l0: &l0 x{string.Concat(levels)}"));

        Assert.Contains("more than 20000 values, aliases expanded", problems, StringComparison.Ordinal);
    }
}
