using Actors.CollaboratorHost.Work;
using Actors.Learning;

namespace Actors.Simulation.Collaborators;

/// <summary>The plan's tasks as <see cref="WorkPlanner"/> asks for them; nothing is run.</summary>
internal sealed class PlanTasks : ITaskInvoker
{
    public const string ValidateGlobal = "validate_global";
    public const string Train = "train";
    public const string ValidateLocal = "validate_local";

    public static PlanTasks All { get; } = new();

    public TaskRunner Runner => throw new NotSupportedException("Nothing is trained here.");

    public IReadOnlyList<string> Tasks { get; } = [ValidateGlobal, Train, ValidateLocal];

    public TaskKind KindOf(string task) => task switch
    {
        Train => TaskKind.Train,
        ValidateLocal => TaskKind.ValidateLocal,
        _ => TaskKind.ValidateGlobal,
    };

    public IReadOnlyList<string> MetricsOf(string task) => [];

    public Task<TaskResult> InvokeAsync(string task, TaskContext context) => throw new NotSupportedException("Nothing is trained here.");
}
