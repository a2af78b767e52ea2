using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Intake;
using Actors.Grains.Rounds;
using Actors.Simulation.Silo;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Gateway;

/// <summary>Mirrors <c>ResultIntake</c>. Layouts are all the same here and every number is finite.</summary>
internal static class IntakeDoor
{
    public static IEnumerator<Wait> OfferAsync(SiloProcess silo, Caller caller, RoundId round, TaskReport report, Reply<IntakeOutcome> reply)
    {
        var asked = silo.Experiment.Ask<CurrentRound>(0, (door, answer) => door.GetCurrentAsync(answer), "current", interleaves: true);
        yield return asked;
        var current = asked.Value;
        if (!current.IsAsynchronous && (current.Lifecycle.HasEnded() || round.Number != current.Round))
        {
            yield return Part.Of(AnswerLateAsync(silo, caller, round, report, current.Round, reply));
            yield break;
        }

        if (ReportCheck.Problem(report) is { } problem)
        {
            reply.Value = new IntakeOutcome.Refused(problem);
            yield break;
        }

        if (current.IsAsynchronous)
        {
            var standing = silo.Contributors.Ask<TaskStanding>(
                caller.Name, (door, answer) => door.StandingAsync(round.Number, report.Task, answer), "turn-standing");
            yield return standing;
            if (standing.Value == TaskStanding.Closed)
            {
                yield return Part.Of(AnswerAsync(silo, caller, round, report, reply));
                yield break;
            }
        }

        var scope = silo.World.UpdatesOf(caller.Index, round.Number);
        var missing = report.Bundles
            .Where(bundle => !silo.World.Tensors.HasUpdate(scope, bundle.Digest))
            .Select(bundle => (bundle.Digest, silo.World.Tensors.StagedBytes(scope, caller.Index, bundle.Digest)))
            .ToList();
        if (missing.Count > 0)
        {
            reply.Value = new IntakeOutcome.BytesMissing(missing);
            yield break;
        }

        yield return silo.Delay(silo.Dice.Milliseconds(0.1, 50));
        yield return Part.Of(AnswerAsync(silo, caller, round, report, reply));
    }

    private static IEnumerator<Wait> AnswerAsync(SiloProcess silo, Caller caller, RoundId round, TaskReport report, Reply<IntakeOutcome> reply)
    {
        if (silo.World.IsAsynchronous)
        {
            yield return silo.Collaborators.Ask<Nothing>(caller.Name, (door, _) => door.RenewAsync(), "renew", interleaves: true);
        }

        var reported = silo.World.IsAsynchronous
            ? silo.Contributors.Ask<ReportOutcome>(caller.Name, (door, answer) => door.ReportAsync(round.Number, report, answer), "report-turn")
            : silo.Collaborators.Ask<ReportOutcome>(caller.Name, (door, answer) => door.ReportAsync(round, report, answer), "report");
        yield return reported;
        var closedAt = 0;
        if (reported.Value is ReportOutcome.RoundClosed)
        {
            var now = silo.Experiment.Ask<CurrentRound>(0, (door, answer) => door.GetCurrentAsync(answer), "current", interleaves: true);
            yield return now;
            closedAt = now.Value.Round;
        }

        reply.Value = reported.Value switch
        {
            ReportOutcome.Accepted => new IntakeOutcome.Accepted(Already: false),
            ReportOutcome.AlreadyAccepted => new IntakeOutcome.Accepted(Already: true),
            ReportOutcome.NotAssigned => new IntakeOutcome.Refused("not assigned"),
            _ => new IntakeOutcome.RoundClosed(closedAt),
        };
    }

    private static IEnumerator<Wait> AnswerLateAsync(
        SiloProcess silo, Caller caller, RoundId round, TaskReport report, int current, Reply<IntakeOutcome> reply)
    {
        var accepted = silo.Collaborators.Ask<IReadOnlyList<AcceptedResult>>(
            caller.Name, (door, answer) => door.GetAcceptedAsync(round, answer), "accepted", interleaves: true);
        yield return accepted;
        var counted = silo.Experiment.Ask<bool>(
            0, (door, answer) => door.HasCountedAsync(round.Number, caller.Name, answer), "has-counted", interleaves: true);
        yield return counted;
        var counts = counted.Value || silo.World.Mutation == Mutation.AcknowledgeWhatDidNotCount;
        reply.Value = counts && accepted.Value.Any(result => result.Report.Task == report.Task)
            ? new IntakeOutcome.Accepted(Already: true)
            : new IntakeOutcome.RoundClosed(current);
    }
}
