namespace Actors.Contracts.Plans;

/// <summary>Makes the typed plan of sections that were found to be right.</summary>
internal static class PlanBuilder
{
    public static Plan Build(PlanDocument document, PlanSections sections) => new(document)
    {
        Aggregator = Aggregator(sections),
        Collaborator = Collaborator(sections.Collaborator.Settings),
        DataLoader = new DataLoaderPlan(sections.DataLoader.Template!, sections.DataLoader.Settings),
        TaskRunner = new TaskRunnerPlan(sections.TaskRunner.Template!, sections.TaskRunner.Settings),
        Network = Network(sections.Network.Settings),
        Assigner = Assigner(sections),
        Tasks = [.. sections.Tasks.Select(Task)],
        Compression = new CompressionPlan(sections.Compression.Template!, sections.Compression.Settings),
        Straggler = new StragglerPlan(sections.Straggler.Template!, sections.Straggler.Settings),
    };

    private static AggregatorPlan Aggregator(PlanSections sections)
    {
        var settings = sections.Aggregator.Settings;
        return new AggregatorPlan(
            (int)settings.Whole("rounds_to_train"),
            settings.Text("init_state_path"),
            settings.Text("best_state_path"),
            settings.Text("last_state_path"),
            settings.Whole("db_store_rounds"),
            settings.Flag("write_logs"),
            BestMetric(settings.Map("best_metric"), sections.Tasks),
            sections.MetricCallback is { Template: { } name, Settings: var own } ? new(name, own) : null);
    }

    private static BestMetric BestMetric(PlanSettings settings, IReadOnlyList<PlanTask> tasks)
    {
        var goal = settings.Text("goal") == "lower" ? MetricGoal.Lower : MetricGoal.Higher;
        var name = (settings.Find("task") as PlanValue.Text)?.Value;
        var task = name is null ? tasks.FirstOrDefault(task => task.IsGlobal) : tasks.First(task => task.Name == name);
        return task is null
            ? new BestMetric(null, null, goal)
            : new BestMetric(task.Name, (settings.Find("metric") as PlanValue.Text)?.Value ?? FirstMetric(task), goal);
    }

    private static string FirstMetric(PlanTask task) => new PlanSettings(task.Arguments, []).Texts("metrics") is [var first, ..] ? first : "accuracy";

    private static CollaboratorPlan Collaborator(PlanSettings settings) => new(
        settings.Text("opt_treatment") switch
        {
            "CONTINUE_LOCAL" => OptimizerTreatment.ContinueLocal,
            "CONTINUE_GLOBAL" => OptimizerTreatment.ContinueGlobal,
            _ => OptimizerTreatment.Reset,
        },
        settings.Flag("delta_updates"),
        settings.Whole("db_store_rounds"),
        settings.Text("device_assignment_policy") == "CUDA_PREFERRED" ? DeviceAssignmentPolicy.CudaPreferred : DeviceAssignmentPolicy.CpuOnly)
    {
        LocalTensors = settings.Texts("local_tensors"),
    };

    private static NetworkPlan Network(PlanSettings settings) => new(
        settings.Text("agg_addr") is var address and not PlanKeys.Auto ? address : null,
        settings.Find("agg_port") is PlanValue.Whole port ? (int)port.Value : null,
        settings.Text("minimum_tls") == "1.2" ? MinimumTls.Tls12 : MinimumTls.Tls13,
        TimeSpan.FromSeconds(settings.Number("client_reconnect_interval")),
        TimeSpan.FromSeconds(settings.Number("lease_seconds")),
        settings.Flag("require_extended_key_usage"));

    private static AssignerPlan Assigner(PlanSections sections)
    {
        var settings = sections.Assigner.Settings;
        return new(
            sections.Assigner.Template!,
            sections.HasOwnAssigner ? [] : [.. settings.Maps("task_groups").Select(TaskGroup)],
            settings.Find(AssignerPlan.SeedKey) is PlanValue.Whole seed ? seed.Value : 0,
            settings,
            sections.HasOwnAssigner);
    }

    private static TaskGroupPlan TaskGroup(PlanSettings group) => new(
        group.Text("name"),
        group.Find("percentage") is null ? null : group.Number("percentage"),
        group.Texts("collaborators"),
        group.Texts("tasks"));

    private static TaskPlan Task(PlanTask task)
    {
        var arguments = new PlanSettings(task.Arguments, []);
        return new TaskPlan(
            task.Name,
            task.Fields.Text("function"),
            arguments,
            arguments.Find("apply") is null ? null : task.IsGlobal ? TaskModel.Global : TaskModel.Local,
            arguments.Texts("metrics"),
            task.Rule.Template!,
            task.Rule.Settings,
            task.HasOwnRule);
    }
}
