using Actors.CollaboratorHost.Work;
using Actors.Contracts.Metrics;
using Actors.Learning;

namespace Actors.CollaboratorHost.Tests;

/// <summary>The three tasks of a usual plan. Each measures the counter; training counts it up first.</summary>
public sealed class FakeTasks(FakeRunner runner) : ITaskInvoker
{
    public const string ValidateGlobal = "aggregated_model_validation";
    public const string Train = "train";
    public const string ValidateLocal = "locally_tuned_model_validation";

    public FakeTasks()
        : this(new FakeRunner())
    {
    }

    public FakeRunner FakeRunner => runner;

    public TaskRunner Runner => runner;

    public IReadOnlyList<string> Tasks { get; init; } = [ValidateGlobal, Train, ValidateLocal];

    /// <summary>The tasks that ran, with the counter they started from.</summary>
    public List<(string Task, float Counter)> Ran { get; } = [];

    /// <summary>Called in a task before it does anything.</summary>
    public Func<TaskContext, Task> Before { get; set; } = _ => Task.CompletedTask;

    public TaskKind KindOf(string task) => task switch
    {
        ValidateGlobal => TaskKind.ValidateGlobal,
        ValidateLocal => TaskKind.ValidateLocal,
        _ => TaskKind.Train,
    };

    public IReadOnlyList<string> MetricsOf(string task) => [];

    public async Task<TaskResult> InvokeAsync(string task, TaskContext context)
    {
        Ran.Add((task, runner.Counter));
        await Before(context);
        if (KindOf(task) is TaskKind.Train)
        {
            runner.Counter++;
            runner.Momentum++;
            runner.HasOptimizerState = true;
        }

        return new(700, [new Metric("counter", runner.Counter)]);
    }
}
