namespace Actors.CollaboratorHost.Work;

/// <summary>One thing to do for a task of the running round.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Kind">What it does with the model.</param>
/// <param name="Action">What to do.</param>
/// <param name="TrainedBy">For a local validation, the training task whose weights it measures; otherwise null.</param>
internal sealed record Step(string Task, TaskKind Kind, StepAction Action, string? TrainedBy = null);
