using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;

namespace Actors.Cli.Composition;

/// <summary>What the workspace's built code offers to its plan.</summary>
internal sealed class CodeCatalogue(LoadedWorkspace workspace) : IWorkspaceCatalogue
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> DataLoaders { get; } = ClassNames.Of(workspace.DataLoaders);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> TaskRunners { get; } = ClassNames.Of(workspace.TaskRunners);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> AggregationRules { get; } = ClassNames.Of(workspace.AggregationRules);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Assigners { get; } = ClassNames.Of(workspace.Assigners);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MetricCallbacks { get; } = ClassNames.Of(workspace.MetricCallbacks);

    /// <inheritdoc/>
    public IReadOnlyCollection<TaskFunction>? FunctionsOf(string taskRunner) =>
        TaskRunners.Contains(taskRunner) ? TaskFunctions.Of(workspace.TaskRunnerNamed(taskRunner)) : null;
}
