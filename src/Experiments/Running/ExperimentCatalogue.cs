using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Learning;
using Actors.Learning.Settings;
using Actors.Learning.Workspaces;

namespace Actors.Experiments.Running;

/// <summary>What an experiment's plan may say of its data, its model and the classes that the program gives.</summary>
internal sealed class ExperimentCatalogue : IWorkspaceCatalogue
{
    private readonly Type _runner;
    private readonly IReadOnlyList<Type> _classes;

    /// <summary>Looks the classes through.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="classes">The classes that the plan may name.</param>
    /// <exception cref="PlanException">A class is none that a plan could name.</exception>
    public ExperimentCatalogue(FederatedModel model, IReadOnlyList<Type> classes)
    {
        (_runner, _classes) = (model.RunnerType, classes);
        Type[] kinds = [typeof(AggregationRule), typeof(Assigner), typeof(MetricCallback)];
        string[] strays = [.. classes.Where(type => type.IsAbstract || !kinds.Any(type.IsSubclassOf)).Select(type => type.Name)];
        if (strays.Length > 0)
        {
            throw new PlanException(
            [
                .. strays.Select(name =>
                    $"Classes: {name} is no class that a plan can name; derive it from {string.Join(", ", kinds.Select(kind => kind.Name))}."),
            ]);
        }
    }

    /// <summary>The classes by the names that the catalogue offers.</summary>
    public OwnClasses Classes => new(Named<AggregationRule>, Named<Assigner>, Named<MetricCallback>);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> DataLoaders => [nameof(FederatedDataset)];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> TaskRunners => [nameof(FederatedModel)];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> AggregationRules => ClassNames.Of(Derived<AggregationRule>());

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Assigners => ClassNames.Of(Derived<Assigner>());

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MetricCallbacks => ClassNames.Of(Derived<MetricCallback>());

    /// <inheritdoc/>
    public IReadOnlyCollection<TaskFunction> FunctionsOf(string taskRunner) => TaskFunctions.Of(_runner);

    /// <inheritdoc/>
    public IReadOnlyCollection<Setting> SettingsOf(string className) =>
    [
        .. (className == nameof(FederatedModel) ? SettingsOf(_runner) : SettingsOf(typeof(CollaboratorLoader))).Select(TaskFunctions.SettingOf),
    ];

    // Ours is made by functions, which no plan sets.
    private static IEnumerable<SettingSpec> SettingsOf(Type type) => type == typeof(ModelRunner) || type == typeof(CollaboratorLoader)
        ? WorkspaceActivator.SettingsOf(type).Select(SettingSpec.Of)
        : WorkspaceActivator.SpecsOf(type);

    private List<Type> Derived<T>() => [.. _classes.Where(type => type.IsSubclassOf(typeof(T))).Distinct()];

    private Type Named<T>(string name) =>
        Derived<T>().Find(type => type.FullName == name) ?? Derived<T>().Single(type => type.Name == name);
}
