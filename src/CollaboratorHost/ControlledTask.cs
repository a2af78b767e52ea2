using Actors.Learning;

namespace Actors.CollaboratorHost;

/// <summary>The training whose steps are controlled.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Control">How they are.</param>
public sealed record ControlledTask(string Task, StepControl Control);
