namespace Actors.Learning;

/// <summary>What a task may want to know of the round it runs in.</summary>
/// <param name="Collaborator">The collaborator's label.</param>
/// <param name="Round">The round's number, from 0.</param>
/// <param name="Task">The task's name in the plan.</param>
/// <param name="Metrics">The metrics the plan asks for; empty means all the task knows.</param>
/// <param name="Progress">Takes the fraction done, 0 to 1; never null.</param>
/// <param name="CancellationToken">
/// Ends when the result is not wanted any more; throw <see cref="OperationCanceledException"/> then.
/// </param>
public sealed record TaskContext(
    string Collaborator,
    int Round,
    string Task,
    IReadOnlyList<string> Metrics,
    IProgress<double> Progress,
    CancellationToken CancellationToken);
