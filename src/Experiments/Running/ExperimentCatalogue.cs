using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Learning.Settings;
using Actors.Learning.Workspaces;

namespace Actors.Experiments.Running;

/// <summary>What an experiment's plan may say of its data and model.</summary>
internal sealed class ExperimentCatalogue : IWorkspaceCatalogue
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> DataLoaders => [nameof(FederatedDataset)];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> TaskRunners => [nameof(FederatedModel)];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> AggregationRules => [];

    public IReadOnlyCollection<string> Assigners => [];

    public IReadOnlyCollection<string> MetricCallbacks => [];

    /// <inheritdoc/>
    public IReadOnlyCollection<TaskFunction> FunctionsOf(string taskRunner) => TaskFunctions.Of(typeof(ModelRunner));

    /// <inheritdoc/>
    public IReadOnlyCollection<Setting> SettingsOf(string className) =>
    [
        .. WorkspaceActivator
            .SettingsOf(className == nameof(FederatedModel) ? typeof(ModelRunner) : typeof(CollaboratorLoader))
            .Select(property => TaskFunctions.SettingOf(SettingSpec.Of(property))),
    ];
}
