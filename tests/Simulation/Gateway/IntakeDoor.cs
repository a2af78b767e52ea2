using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Intake;
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
        if (round.Number != current.Round || current.Lifecycle.HasEnded())
        {
            yield return Part.Of(AnswerLateAsync(silo, caller, round, report, current.Round, reply));
            yield break;
        }

        if (ReportCheck.Problem(report) is { } problem)
        {
            reply.Value = new IntakeOutcome.Refused(problem);
            yield break;
        }

        var missing = report.Bundles
            .Where(bundle => !silo.World.Tensors.HasUpdate(round.Number, bundle.Digest))
            .Select(bundle => (bundle.Digest, silo.World.Tensors.StagedBytes(round.Number, caller.Index, bundle.Digest)))
            .ToList();
        if (missing.Count > 0)
        {
            reply.Value = new IntakeOutcome.BytesMissing(missing);
            yield break;
        }

        yield return silo.Delay(silo.Dice.Milliseconds(0.1, 50));
        var reported = silo.Collaborators.Ask<ReportOutcome>(
            caller.Name, (door, answer) => door.ReportAsync(round, report, answer), "report");
        yield return reported;
        if (reported.Value is ReportOutcome.RoundClosed)
        {
            var now = silo.Experiment.Ask<CurrentRound>(0, (door, answer) => door.GetCurrentAsync(answer), "current", interleaves: true);
            yield return now;
            current = now.Value;
        }

        reply.Value = reported.Value switch
        {
            ReportOutcome.Accepted => new IntakeOutcome.Accepted(Already: false),
            ReportOutcome.AlreadyAccepted => new IntakeOutcome.Accepted(Already: true),
            ReportOutcome.NotAssigned => new IntakeOutcome.Refused("not assigned"),
            _ => new IntakeOutcome.RoundClosed(current.Round),
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
