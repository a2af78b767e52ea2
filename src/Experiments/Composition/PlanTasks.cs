using Actors.CollaboratorHost.Work;
using Actors.Contracts.Plans;
using Actors.Learning;
using Actors.Learning.Tasks;

namespace Actors.Experiments.Composition;

/// <summary>The plan's tasks bound to the runner's methods.</summary>
internal sealed class PlanTasks : ITaskInvoker
{
    private readonly Dictionary<string, (TaskPlan Plan, FederatedTask Function)> _tasks;

    /// <summary>Binds every task; arguments that do not fit are found now and not in the first round.</summary>
    /// <exception cref="Actors.Learning.Settings.SettingsException">A task has no function, or its arguments do not fit.</exception>
    public PlanTasks(Plan plan, TaskRunner runner)
    {
        var catalogue = TaskCatalogue.For(runner.GetType());
        Runner = runner;
        Tasks = [.. plan.Tasks.Select(task => task.Name)];
        _tasks = plan.Tasks.ToDictionary(task => task.Name, task => (task, catalogue.Find(task.Function)));
        foreach (var (task, function) in _tasks.Values)
        {
            function.Bind(task.Arguments.ToObjects(), $"tasks.{task.Name}.kwargs");
        }
    }

    /// <inheritdoc/>
    public TaskRunner Runner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Tasks { get; }

    /// <inheritdoc/>
    public TaskKind KindOf(string task) => KindOf(_tasks[task].Plan, _tasks[task].Function);

    /// <summary>What a task does by its function and the model that the plan applies it to.</summary>
    public static TaskKind KindOf(TaskPlan task, FederatedTask function) =>
        function.Trains ? TaskKind.Train
        : task.Apply == TaskModel.Local ? TaskKind.ValidateLocal
        : TaskKind.ValidateGlobal;

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricsOf(string task) => _tasks[task].Plan.Metrics;

    /// <inheritdoc/>
    public Task<TaskResult> InvokeAsync(string task, TaskContext context) =>
        _tasks[task].Function.InvokeAsync(Runner, _tasks[task].Plan.Arguments.ToObjects(), context);
}
