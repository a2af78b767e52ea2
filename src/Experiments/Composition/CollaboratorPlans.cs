using Actors.CollaboratorHost;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Learning;

namespace Actors.Experiments.Composition;

/// <summary>What a collaborator's host needs of an FL plan.</summary>
internal static class CollaboratorPlans
{
    // The policy under which everybody would wait for somebody whose result is not taken.
    private const string WaitForAll = "wait_all";

    /// <summary>Takes it out of a checked plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Where logs and state go; the log folder is made.</param>
    /// <param name="experiment">What is run.</param>
    /// <param name="name">The collaborator's label.</param>
    /// <param name="address">The gateway.</param>
    /// <param name="workspaceHash">The code's hash, 96 hexadecimal digits.</param>
    public static CollaboratorOptions Of(
        Plan plan, WorkspaceLayout layout, ExperimentId experiment, string name, Uri address, string workspaceHash)
    {
        Directory.CreateDirectory(layout.LogFolder);
        return new()
        {
            Collaborator = name,
            Addresses = [address],
            StateFolder = layout.StateFolder,
            PlanHash = plan.Hash.ToString(),
            Plan = plan.Canonical,
            WorkspaceHash = workspaceHash,
            OptimizerTreatment = plan.Collaborator.OptimizerTreatment,
            LocalTensors = plan.Collaborator.LocalTensors,
            Compression = plan.Compression.Pipeline,
            Controlled = plan.Tasks.FirstOrDefault(task => TaskPlan.HasControl(task.Rule)) is { } controlled ? new(controlled.Name, ControlOf(controlled)) : null,
            DeltaUpdates = plan.Collaborator.DeltaUpdates,
            EndsWhenRefused = plan.Straggler.Template == WaitForAll,
            LongestReconnectInterval = plan.Network.ClientReconnectInterval,
            MetricsLog = Path.Combine(layout.LogFolder, $"{name}.metrics.jsonl"),
            EventFile = EventFiles.Of(layout, plan, experiment, name),
        };
    }

    /// <summary>The same for one of several experiments of a long-lived federation; <paramref name="layout"/> is the experiment's workspace.</summary>
    public static CollaboratorOptions Hosted(
        Plan plan, WorkspaceLayout layout, ExperimentId experiment, string name, Uri address, string workspaceHash) =>
        Of(plan, layout, experiment, name, address, workspaceHash) with
        {
            Experiment = experiment.ToString(),

            // Of its own: the same workspace may be submitted again, and what was left of the first time is not of the second.
            StateFolder = Path.Combine(layout.StateFolder, experiment.Federation.Value),
        };

    private static StepControl ControlOf(TaskPlan task) => task.Rule == TaskPlan.FedCurv
        ? new StepControl.Curvature(task.RuleSettings.Number("importance"), (int)task.RuleSettings.Whole("fisher_samples"))
        : new StepControl.Variates();
}
