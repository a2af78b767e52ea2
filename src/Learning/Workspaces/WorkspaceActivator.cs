using System.Reflection;

using Actors.Learning.Settings;

namespace Actors.Learning.Workspaces;

/// <summary>Constructs a workspace's loader and runner from the plan's settings.</summary>
public static class WorkspaceActivator
{
    /// <summary>The path in the plan of a loader's settings.</summary>
    public const string LoaderPath = "data_loader.settings";

    /// <summary>The path in the plan of a runner's settings.</summary>
    public const string RunnerPath = "task_runner.settings";

    /// <summary>Constructs a loader: a parameter <c>dataPath</c> receives the data path, the others the settings by name.</summary>
    /// <param name="type">A class derived from <see cref="DataLoader"/> with one public constructor.</param>
    /// <param name="dataPath">What <c>data.yaml</c> says for the collaborator.</param>
    /// <param name="settings">The plan's <c>data_loader.settings</c>.</param>
    /// <exception cref="SettingsException">
    /// The settings do not fit the constructor. What the constructor throws comes through as it is.
    /// </exception>
    public static DataLoader CreateLoader(Type type, string dataPath, IReadOnlyDictionary<string, object?> settings) =>
        (DataLoader)Create(type, settings, LoaderPath, parameter => IsDataPath(parameter) ? dataPath : null);

    /// <summary>Constructs a runner: a parameter of a loader's type receives the loader, the others the settings by name.</summary>
    /// <param name="type">A class derived from <see cref="TaskRunner"/> with one public constructor.</param>
    /// <param name="loader">The loader; it stays the caller's to dispose.</param>
    /// <param name="settings">The plan's <c>task_runner.settings</c>.</param>
    /// <exception cref="SettingsException">
    /// The settings do not fit the constructor, or the loader is of another type than it takes.
    /// </exception>
    public static TaskRunner CreateRunner(Type type, DataLoader loader, IReadOnlyDictionary<string, object?> settings)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return (TaskRunner)Create(type, settings, RunnerPath, parameter =>
            !parameter.ParameterType.IsAssignableTo(typeof(DataLoader)) ? null
            : parameter.ParameterType.IsInstanceOfType(loader) ? loader
            : throw new SettingsException(
                [$"{type.Name} takes a {parameter.ParameterType.Name}, but the plan's data_loader is {loader.GetType().Name}."]));
    }

    /// <summary>Constructs an aggregation rule, an assigner or a metric callback; the settings go to its parameters by name.</summary>
    /// <typeparam name="T">What the class is derived from.</typeparam>
    /// <param name="type">A class derived from it with one public constructor.</param>
    /// <param name="settings">The plan's settings of the class.</param>
    /// <param name="path">Their path in the plan.</param>
    /// <exception cref="SettingsException">The settings do not fit the constructor.</exception>
    public static T Create<T>(Type type, IReadOnlyDictionary<string, object?> settings, string path)
        where T : class => (T)Create(type, settings, path, _ => null);

    /// <summary>Sets the properties marked <see cref="PlanSettingAttribute"/> of an object that somebody else made.</summary>
    /// <param name="made">A loader or runner.</param>
    /// <param name="settings">The section's settings.</param>
    /// <param name="path">The section's path in the plan, for messages.</param>
    /// <exception cref="SettingsException">The settings do not fit the properties.</exception>
    public static void Configure(object made, IReadOnlyDictionary<string, object?> settings, string path)
    {
        ArgumentNullException.ThrowIfNull(made);
        var properties = SettingsOf(made.GetType());
        Set(made, properties, ArgumentBinder.Bind([.. properties.Select(SettingSpec.Of)], settings, path));
    }

    /// <summary>The properties of a class that a plan may set.</summary>
    public static IReadOnlyList<PropertyInfo> SettingsOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return [.. type.GetProperties().Where(property => property.IsDefined(typeof(PlanSettingAttribute), true))];
    }

    /// <summary>
    /// All that a plan may set of a class, without making one: its constructor's parameters but a loader and the data path, and the properties of
    /// <see cref="SettingsOf"/>. None for a class that has not one public constructor.
    /// </summary>
    public static IReadOnlyList<SettingSpec> SpecsOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.GetConstructors() is not [var constructor])
        {
            return [];
        }

        SettingSpec[] parameters = [.. constructor.GetParameters().Where(parameter => !IsSupplied(parameter)).Select(SettingSpec.Of)];
        return
        [
            .. parameters,
            .. SettingsOf(type).Select(SettingSpec.Of).Where(property => !parameters.Any(parameter => SettingName.AreSame(parameter.Name, property.Name))),
        ];
    }

    private static bool IsSupplied(ParameterInfo parameter) =>
        parameter.ParameterType.IsAssignableTo(typeof(DataLoader)) || IsDataPath(parameter);

    private static bool IsDataPath(ParameterInfo parameter) => parameter.ParameterType == typeof(string) && parameter.Name == "dataPath";

    private static object Create(
        Type type, IReadOnlyDictionary<string, object?> settings, string path, Func<ParameterInfo, object?> supply)
    {
        ArgumentNullException.ThrowIfNull(type);
        var constructors = type.GetConstructors();
        if (type.IsAbstract || constructors.Length != 1)
        {
            throw new SettingsException([$"{type.Name} needs one public constructor to be made from a plan; it has {constructors.Length}."]);
        }

        var parameters = constructors[0].GetParameters();
        var supplied = parameters.Select(supply).ToArray();
        SettingSpec[] taken = [.. parameters.Where((_, index) => supplied[index] is null).Select(SettingSpec.Of)];
        var free = SettingsOf(type).Where(property => !taken.Any(spec => SettingName.AreSame(spec.Name, property.Name))).ToArray();
        var given = ArgumentBinder.Bind([.. taken, .. free.Select(SettingSpec.Of)], settings, path);

        var arguments = parameters.Select((parameter, index) =>
            supplied[index] ?? (given.TryGetValue(SettingName.ToSnakeCase(parameter.Name!), out var value) ? value : Type.Missing));
        var created = constructors[0].Invoke(
            BindingFlags.DoNotWrapExceptions | BindingFlags.OptionalParamBinding, null, [.. arguments], null);
        Set(created, free, given);
        return created;
    }

    private static void Set(object made, IReadOnlyList<PropertyInfo> properties, IReadOnlyDictionary<string, object?> given)
    {
        foreach (var property in properties)
        {
            if (given.TryGetValue(SettingName.ToSnakeCase(property.Name), out var value))
            {
                property.SetValue(made, value, BindingFlags.DoNotWrapExceptions, null, null, null);
            }
        }
    }
}
