using Actors.Learning;

namespace Actors.CollaboratorHost.Work;

/// <summary>The plan's tasks, bound to the methods of the workspace's task runner. The host calls one member at a time.</summary>
public interface ITaskInvoker
{
    /// <summary>Holds the model that the tasks work on.</summary>
    TaskRunner Runner { get; }

    /// <summary>The names of the plan's tasks, in the plan's order.</summary>
    IReadOnlyList<string> Tasks { get; }

    /// <summary>What a task of <see cref="Tasks"/> does with the model.</summary>
    TaskKind KindOf(string task);

    /// <summary>The metrics the plan asks of a task; empty means all it knows.</summary>
    IReadOnlyList<string> MetricsOf(string task);

    /// <summary>Runs a task on the model as it is in the runner. What the user's code throws comes out unchanged.</summary>
    Task<TaskResult> InvokeAsync(string task, TaskContext context);
}
