using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;

namespace Actors.Cli.Composition;

/// <summary>What the workspace's built code offers to its plan.</summary>
internal sealed class CodeCatalogue(LoadedWorkspace workspace) : IWorkspaceCatalogue
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> DataLoaders { get; } = Names(workspace.DataLoaders);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> TaskRunners { get; } = Names(workspace.TaskRunners);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> AggregationRules { get; } = Names(workspace.AggregationRules);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Assigners { get; } = Names(workspace.Assigners);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MetricCallbacks { get; } = Names(workspace.MetricCallbacks);

    /// <inheritdoc/>
    public IReadOnlyCollection<TaskFunction>? FunctionsOf(string taskRunner) =>
        TaskRunners.Contains(taskRunner) ? TaskFunctions.Of(workspace.TaskRunnerNamed(taskRunner)) : null;

    private static List<string> Names(IReadOnlyList<Type> types) =>
        [.. types.Select(type => type.FullName!).Concat(types.GroupBy(type => type.Name).Where(group => group.Count() == 1).Select(group => group.Key))];
}
