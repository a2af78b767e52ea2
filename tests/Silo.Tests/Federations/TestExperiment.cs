using Actors.Contracts.Federations;
using Actors.Contracts.Models;
using Actors.Contracts.Workspaces;
using Actors.Silo.Running.Tests;

namespace Actors.Silo.Federations.Tests;

/// <summary>A built workspace, archived, with an initial model.</summary>
internal sealed class TestExperiment
{
    private const string Plan = """
        aggregator: { template: aggregator, settings: { rounds_to_train: 2, init_state_path: save/i.pbuf, best_state_path: save/b.pbuf, last_state_path: save/l.pbuf } }
        collaborator: { template: collaborator }
        data_loader: { template: Own.Loader }
        task_runner: { template: Own.Runner }
        network: { template: network, settings: { agg_addr: localhost, agg_port: 50051 } }
        assigner: { template: random_grouped, settings: { task_groups: [{ name: all, percentage: 1.0, tasks: [validate, train] }] } }
        tasks:
          validate: { function: validate_task, kwargs: { apply: global, metrics: [accuracy] } }
          train: { function: train_task, kwargs: { metrics: [loss] } }
        """;

    public TestExperiment(string folder, string name, string? plan = null)
    {
        Name = name;
        var layout = new WorkspaceLayout(Path.Combine(folder, $"workspace-{name}"));
        Write(layout, ".workspace", "current_plan_name: default\n");
        Write(layout, "src/Workspace.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        Write(layout, "build/Workspace.dll", "agreed");
        Write(layout, "plan/plan.yaml", plan ?? Plan);
        Write(layout, "plan/cols.yaml", "collaborators: []\n");
        WorkspaceManifest.Of(layout).Write(layout);
        WorkspaceArchive.Export(layout, Archive = Path.Combine(folder, $"{name}.zip"));
        ModelFile.Write(Model = Path.Combine(folder, $"{name}.pbuf"), new MemoryTensorBytes(TestModel.Manifest, TestModel.Filled(0)), round: 0);
    }

    public string Name { get; }

    public string Archive { get; }

    public string Model { get; }

    public ExperimentDigests Digests => ExperimentDigests.Of(Name, Archive, Model);

    /// <summary>A plan with another number of rounds.</summary>
    public static string OtherPlan => Plan.Replace("rounds_to_train: 2", "rounds_to_train: 3", StringComparison.Ordinal);

    /// <summary>The same plan with the class of the workspace as a rule.</summary>
    public static string PlanWithOwnRule => Plan.Replace("train: { function: train_task,", "train: { function: train_task, aggregation_type: { template: Own.Rule },", StringComparison.Ordinal);

    private static void Write(WorkspaceLayout layout, string path, string text)
    {
        var file = Path.Combine(layout.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
