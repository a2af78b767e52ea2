using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Metrics;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Learning;
using Actors.Learning.Torch.Native;
using Actors.Learning.Workspaces;

namespace Actors.Cli.Composition;

/// <summary>The workspace's loader and runner, made as the plan says. Disposing lets runner and code go.</summary>
internal sealed class LoadedPlan : IDisposable
{
    private readonly LoadedWorkspace _workspace;

    private LoadedPlan(LoadedWorkspace workspace, DataLoader loader, TaskRunner runner) =>
        (_workspace, Loader, Runner) = (workspace, loader, runner);

    /// <summary>The data loader.</summary>
    public DataLoader Loader { get; }

    /// <summary>The task runner.</summary>
    public TaskRunner Runner { get; }

    /// <summary>Loads the agreed code and makes loader and runner. The process is set up for training first.</summary>
    /// <exception cref="Exception">The code cannot be loaded or does not take the plan's settings; the message says which.</exception>
    public static LoadedPlan Load(WorkspaceLayout layout, Plan plan, string dataPath)
    {
        TrainingRuntime.Prepare();
        var workspace = LoadedWorkspace.Load(layout);
        try
        {
            var runnerType = workspace.TaskRunnerNamed(plan.TaskRunner.ClassName);
            if (UsesTorch(runnerType))
            {
                LibTorch.EnsureLoaded();
            }

            var loader = WorkspaceActivator.CreateLoader(
                workspace.DataLoaderNamed(plan.DataLoader.ClassName), dataPath, plan.DataLoader.Settings.ToObjects());
            return new(workspace, loader, WorkspaceActivator.CreateRunner(runnerType, loader, plan.TaskRunner.Settings.ToObjects()));
        }
        catch
        {
            workspace.Dispose();
            throw;
        }
    }

    /// <summary>Makes the plan's callback for metrics; null when it names none.</summary>
    /// <exception cref="Actors.Learning.Settings.SettingsException">The class does not take its settings.</exception>
    public HearMetric? HearMetricOf(Plan plan) => OwnCode.MetricCallbackOf(plan, WorkspaceCode.ClassesOf(_workspace));

    /// <inheritdoc/>
    public void Dispose()
    {
        Runner.Dispose();
        (Loader as IDisposable)?.Dispose();
        _workspace.Dispose();
    }

    private static bool UsesTorch(Type runner) => runner.IsSubclassOf(typeof(Actors.Learning.Torch.TorchTaskRunner));
}
