using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Learning.Settings;
using Actors.Learning.Tasks;

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
    public IReadOnlyCollection<TaskFunction>? FunctionsOf(string taskRunner)
    {
        if (!TaskRunners.Contains(taskRunner))
        {
            return null;
        }

        var runner = workspace.TaskRunnerNamed(taskRunner);
        return [.. TaskCatalogue.For(runner).Tasks.Select(task => new TaskFunction(task.Name, [.. task.Parameters.Select(SettingOf)]))];
    }

    private static List<string> Names(IReadOnlyList<Type> types) =>
        [.. types.Select(type => type.FullName!).Concat(types.GroupBy(type => type.Name).Where(group => group.Count() == 1).Select(group => group.Key))];

    private static Setting SettingOf(SettingSpec spec)
    {
        var type = Nullable.GetUnderlyingType(spec.Type) ?? spec.Type;
        var setting = type == typeof(int) || type == typeof(long) ? Setting.Whole(spec.Name)
            : type == typeof(double) || type == typeof(float) ? Setting.Number(spec.Name)
            : type == typeof(bool) ? Setting.Flag(spec.Name)
            : type == typeof(string) ? Setting.Text(spec.Name)
            : Setting.Anything(spec.Name);
        return spec.IsRequired ? setting.Required() : setting;
    }
}
