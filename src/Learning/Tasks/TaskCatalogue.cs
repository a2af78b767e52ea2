using System.Collections.Immutable;
using System.Reflection;

using Actors.Learning.Settings;

namespace Actors.Learning.Tasks;

/// <summary>The tasks that a type of <see cref="TaskRunner"/> offers to a plan.</summary>
public sealed class TaskCatalogue
{
    private readonly Type _runner;

    private TaskCatalogue(Type runner, ImmutableArray<FederatedTask> tasks) => (_runner, Tasks) = (runner, tasks);

    /// <summary>The tasks, by name in ordinal order.</summary>
    public ImmutableArray<FederatedTask> Tasks { get; }

    /// <summary>Looks through a runner's public methods, inherited ones included.</summary>
    /// <exception cref="ArgumentException">
    /// The type is no runner, has no task, has two of the same name, or a task returns something else than it must.
    /// </exception>
    public static TaskCatalogue For(Type runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        if (!runner.IsSubclassOf(typeof(TaskRunner)))
        {
            throw new ArgumentException($"{runner.Name} is no task runner: derive it from {nameof(TaskRunner)}.", nameof(runner));
        }

        var tasks = runner.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Select(method => (Method: method, Mark: method.GetCustomAttribute<FederatedTaskAttribute>(inherit: true)))
            .Where(found => found.Mark is not null)
            .Select(found => new FederatedTask(found.Method, found.Mark!))
            .OrderBy(task => task.Name, StringComparer.Ordinal)
            .ToImmutableArray();
        if (tasks.IsEmpty)
        {
            throw new ArgumentException(
                $"{runner.Name} has no task: mark a public method with [TrainTask] or [ValidateTask].", nameof(runner));
        }

        var twice = tasks.GroupBy(task => task.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new(runner, tasks)
            : throw new ArgumentException($"{runner.Name} has two tasks called {twice.Key}; give one another name.", nameof(runner));
    }

    /// <summary>The task that a plan names as its <c>function</c>; null when there is none.</summary>
    public FederatedTask? TryFind(string function) =>
        Tasks.FirstOrDefault(task => string.Equals(task.Name, function, StringComparison.Ordinal));

    /// <summary>The task that a plan names as its <c>function</c>.</summary>
    /// <exception cref="SettingsException">There is none; the message lists those that there are.</exception>
    public FederatedTask Find(string function) =>
        TryFind(function) ?? throw new SettingsException(
            [$"{_runner.Name} has no task {function}; it has {string.Join(", ", Tasks.Select(task => task.Name))}."]);
}
