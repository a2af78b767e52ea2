using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Experiments.Composition;

/// <summary>
/// Where the nodes write TensorBoard event files when the plan says <c>write_logs: true</c>: <c>logs/tensorboard/EXPERIMENT/NODE</c>,
/// so that <c>tensorboard --logdir logs/tensorboard</c> shows experiments and nodes apart.
/// </summary>
internal static class EventFiles
{
    /// <summary>A node's file; null when the plan wants none.</summary>
    public static string? Of(WorkspaceLayout layout, Plan plan, ExperimentId experiment, string node) => plan.Aggregator.WriteLogs
        ? Path.Combine(layout.LogFolder, "tensorboard", experiment.Name, node, $"events.out.tfevents.{node}")
        : null;
}
