using System.Collections.Immutable;
using System.Reflection;

using Actors.Learning.Settings;

namespace Actors.Learning.Tasks;

/// <summary>One task of a runner: a marked method, callable with a plan's <c>kwargs</c>.</summary>
public sealed class FederatedTask
{
    private static readonly string[] HostSettings = ["apply", "metrics"];

    private readonly MethodInfo _method;
    private readonly ImmutableArray<ParameterInfo> _parameters;

    internal FederatedTask(MethodInfo method, FederatedTaskAttribute mark)
    {
        _method = method;
        _parameters = [.. method.GetParameters()];
        Name = mark.Name ?? SettingName.ToSnakeCase(WithoutAsync(method.Name));
        Trains = mark is TrainTaskAttribute;
        Parameters = [.. _parameters.Where(parameter => !IsSupplied(parameter)).Select(SettingSpec.Of)];
        if (method.ReturnType != typeof(TaskResult) && method.ReturnType != typeof(Task<TaskResult>)
            && method.ReturnType != typeof(ValueTask<TaskResult>))
        {
            throw new ArgumentException(
                $"The task {method.DeclaringType!.Name}.{method.Name} returns {method.ReturnType.Name}; let it return TaskResult or Task<TaskResult>.");
        }
    }

    /// <summary>What a plan calls it, such as <c>train_task</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the model after it is an update; otherwise it only measures.</summary>
    public bool Trains { get; }

    /// <summary>
    /// The <c>kwargs</c> that it takes, in the order of the method's parameters; what the host supplies is not among them.
    /// </summary>
    public ImmutableArray<SettingSpec> Parameters { get; }

    /// <summary>
    /// Says whether the <c>kwargs</c> fit, without running anything. <c>apply</c> and <c>metrics</c> are the host's and fit always.
    /// </summary>
    /// <param name="kwargs">The plan's values; see <see cref="ArgumentBinder.Bind"/>.</param>
    /// <param name="path">Their path in the plan, such as <c>tasks.train.kwargs</c>.</param>
    /// <exception cref="SettingsException">They do not fit.</exception>
    public IReadOnlyDictionary<string, object?> Bind(IReadOnlyDictionary<string, object?> kwargs, string path) =>
        ArgumentBinder.Bind(Parameters, kwargs, path, HostSettings);

    /// <summary>Runs the task. What it throws comes through as it is.</summary>
    /// <param name="runner">The runner; the method's own type or derived from it.</param>
    /// <param name="kwargs">The plan's values.</param>
    /// <param name="context">The round; its token also goes to a parameter of that type.</param>
    /// <exception cref="SettingsException">The <c>kwargs</c> do not fit the parameters.</exception>
    public async Task<TaskResult> InvokeAsync(TaskRunner runner, IReadOnlyDictionary<string, object?> kwargs, TaskContext context)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(context);
        var given = Bind(kwargs, $"tasks.{context.Task}.kwargs");
        var arguments = _parameters.Select(parameter =>
            parameter.ParameterType == typeof(TaskContext) ? context
            : parameter.ParameterType == typeof(CancellationToken) ? context.CancellationToken
            : given.TryGetValue(SettingName.ToSnakeCase(parameter.Name!), out var value) ? value
            : Type.Missing);
        var returned = _method.Invoke(
            runner, BindingFlags.DoNotWrapExceptions | BindingFlags.OptionalParamBinding, null, [.. arguments], null);
        return returned switch
        {
            TaskResult result => result,
            Task<TaskResult> task => await task.ConfigureAwait(false),
            ValueTask<TaskResult> task => await task.ConfigureAwait(false),
            _ => throw new InvalidOperationException($"The task {Name} returned null; return a TaskResult."),
        };
    }

    private static bool IsSupplied(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(TaskContext) || parameter.ParameterType == typeof(CancellationToken);

    private static string WithoutAsync(string name) =>
        name.EndsWith("Async", StringComparison.Ordinal) ? name[..^"Async".Length] : name;
}
