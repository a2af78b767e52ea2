using Actors.CollaboratorHost.Tensors;
using Actors.Contracts.Identity;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>Does the work of one round: runs what has to run, reports what is to be reported.</summary>
internal sealed partial class RoundWorker(
    ITaskInvoker tasks,
    RoundTensors tensors,
    TaskExecutor executor,
    ResultReporter reporter,
    LocalTensorStore store,
    KeptResults kept,
    AcknowledgementLog acknowledgements,
    bool endsWhenRefused,
    ILogger<RoundWorker> logger)
{
    private readonly HashSet<string> _givenUp = new(StringComparer.Ordinal);
    private RoundInput? _current;

    /// <exception cref="WorkFailedException">The work cannot be done here.</exception>
    public async Task<WorkOutcome> DoAsync(ExperimentId experiment, Wire.Work work, CancellationToken cancellationToken)
    {
        var input = RoundInput.From(experiment, work);
        acknowledgements.Asked(input.Round.Number, work.Tasks);
        Enter(input);
        var steps = WorkPlanner.Plan(work.Tasks, tasks, kept.TasksOf(input.Round, input.StartedFrom), _givenUp);
        if (steps.Any(step => step.Action is not StepAction.Report) && !await tensors.FetchAsync(input, cancellationToken))
        {
            LogGone(input.Round.Number);
            return WorkOutcome.Idle;
        }

        var outcome = WorkOutcome.Idle;
        foreach (var step in steps)
        {
            if (step.Action is not StepAction.Report && !await executor.RunAsync(step, input, cancellationToken))
            {
                return outcome;
            }

            if (step.Action is not StepAction.Run)
            {
                switch (await ReportAsync(step.Task, input, cancellationToken))
                {
                    case ReportOutcome.Accepted:
                        outcome = WorkOutcome.Progress;
                        break;
                    case ReportOutcome.Refused:
                        GiveUp(step.Task, input);
                        break;
                    case ReportOutcome.RoundClosed:
                        return WorkOutcome.Progress;
                    default:
                        return WorkOutcome.Idle;
                }
            }
        }

        return outcome;
    }

    /// <summary>Forgets everything: the experiment is over.</summary>
    public void Forget()
    {
        kept.DropAll();
        store.KeepOnly(new HashSet<Contracts.Tensors.TensorDigest>());
    }

    private void GiveUp(string task, RoundInput input)
    {
        _givenUp.Add(task);
        if (endsWhenRefused)
        {
            // Started again, it does the task anew.
            kept.Drop(input.Round, input.StartedFrom, task);
            throw new WorkFailedException(
                $"The aggregator refused the result of {task} in round {input.Round.Number}, and no round closes without it: {reporter.Refusal}");
        }
    }

    // Another round, or the same one of an experiment that began anew: what belongs to the last one is of no use any more.
    private void Enter(RoundInput input)
    {
        if (_current?.Round == input.Round && _current.StartedFrom == input.StartedFrom)
        {
            return;
        }

        _current = input;
        _givenUp.Clear();
        kept.DropAllBut(input.Round, input.StartedFrom);
        store.KeepOnly(input.Digests.Concat(kept.DigestsOf(input.Round, input.StartedFrom)).ToHashSet());
    }

    private async Task<ReportOutcome> ReportAsync(string task, RoundInput input, CancellationToken cancellationToken)
    {
        if (kept.Find(input.Round, input.StartedFrom, task) is not { } report)
        {
            return ReportOutcome.Damaged;
        }

        var outcome = await reporter.ReportAsync(report, cancellationToken);
        if (outcome is ReportOutcome.Damaged or ReportOutcome.RoundClosed)
        {
            kept.Drop(input.Round, input.StartedFrom, task);
        }

        return outcome;
    }

    [LoggerMessage(LogLevel.Information,
        "Round {Round}: the aggregator does not hold the round's tensors any more; asking for tasks again.")]
    private partial void LogGone(int round);
}
