namespace Actors.CollaboratorHost.Work;

/// <summary>Decides what the tasks that the aggregator wants come to, given what this collaborator has already.</summary>
internal static class WorkPlanner
{
    /// <summary>The steps, in order.</summary>
    /// <param name="wanted">The tasks the aggregator has no result of, in order.</param>
    /// <param name="tasks">The plan's tasks.</param>
    /// <param name="kept">The tasks of this round whose results are at hand.</param>
    /// <param name="givenUp">The tasks whose results the aggregator has refused in this round.</param>
    /// <exception cref="WorkFailedException">The plan has no such task, or no training for a local validation.</exception>
    public static IReadOnlyList<Step> Plan(
        IReadOnlyList<string> wanted, ITaskInvoker tasks, IReadOnlySet<string> kept, IReadOnlySet<string> givenUp)
    {
        var atHand = new HashSet<string>(kept, StringComparer.Ordinal);
        var steps = new List<Step>();
        foreach (var task in wanted.Where(task => !givenUp.Contains(task)))
        {
            if (!tasks.Tasks.Contains(task, StringComparer.Ordinal))
            {
                throw new WorkFailedException(
                    $"The aggregator wants the task '{task}', which is not in this plan "
                    + $"({string.Join(", ", tasks.Tasks)}); use the aggregator's plan.");
            }

            var kind = tasks.KindOf(task);
            if (atHand.Contains(task))
            {
                steps.Add(new(task, kind, StepAction.Report));
                continue;
            }

            var trainedBy = kind is TaskKind.ValidateLocal ? TrainingBefore(task, wanted, tasks, atHand) : null;
            if (trainedBy is not null && atHand.Add(trainedBy))
            {
                steps.Add(new(trainedBy, TaskKind.Train, StepAction.Run));
            }

            steps.Add(new(task, kind, StepAction.RunAndReport, trainedBy));
            atHand.Add(task);
        }

        return steps;
    }

    // The round's training is the one wanted before the validation, or else the one whose result is at hand, or else the plan's.
    private static string TrainingBefore(
        string validation, IReadOnlyList<string> wanted, ITaskInvoker tasks, HashSet<string> atHand) =>
        LastTraining(wanted.TakeWhile(task => task != validation), tasks)
        ?? LastTraining(tasks.Tasks.Where(atHand.Contains), tasks)
        ?? LastTraining(tasks.Tasks.TakeWhile(task => task != validation), tasks)
        ?? LastTraining(tasks.Tasks, tasks)
        ?? throw new WorkFailedException(
            $"The task '{validation}' measures the trained model, but the plan has no training task; "
            + "add one, or let it apply to the global model.");

    private static string? LastTraining(IEnumerable<string> candidates, ITaskInvoker tasks) =>
        candidates.LastOrDefault(task => tasks.KindOf(task) is TaskKind.Train);
}
