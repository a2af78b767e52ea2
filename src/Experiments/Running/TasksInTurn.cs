using Actors.CollaboratorHost.Work;
using Actors.Experiments.Composition;
using Actors.Learning;
using Actors.Learning.Torch.Native;

namespace Actors.Experiments.Running;

/// <summary>A collaborator's tasks, one at a time in the whole process, with as many threads as a process of its own would have.</summary>
internal sealed class TasksInTurn(PlanTasks tasks) : ITaskInvoker
{
    /// <summary>What the model's code threw last; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public TaskRunner Runner => tasks.Runner;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tasks => tasks.Tasks;

    /// <inheritdoc/>
    public TaskKind KindOf(string task) => tasks.KindOf(task);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricsOf(string task) => tasks.MetricsOf(task);

    /// <inheritdoc/>
    public Task<TaskResult> InvokeAsync(string task, TaskContext context) => TorchTurn.RunAsync(
        async () =>
        {
            TrainingRuntime.ApplyThreads();
            try
            {
                return await tasks.InvokeAsync(task, context);
            }
            catch (Exception failure)
            {
                Failure = failure; // The host tries again, and in the end only says that it gave up.
                throw;
            }
        },
        context.CancellationToken);
}
