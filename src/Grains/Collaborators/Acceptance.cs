using Actors.Contracts.Identity;
using Actors.Grains.Rounds;

namespace Actors.Grains.Collaborators;

/// <summary>Decides whether a reported result is accepted. The first result of a task in a round stands.</summary>
internal static class Acceptance
{
    /// <summary>The answer that the collaborator's own state gives; null when the round has to be asked.</summary>
    public static ReportOutcome? FromState(CollaboratorState state, RoundId round, string task)
    {
        if (state.Of(round).Any(accepted => accepted.Report.Task == task))
        {
            return ReportOutcome.AlreadyAccepted;
        }

        // Once something of a later round is accepted, the earlier one is closed: rounds follow each other.
        return state.LastRound(round.Experiment) > round.Number ? ReportOutcome.RoundClosed : null;
    }

    /// <summary>The answer for a new result, from what its round says of the task.</summary>
    public static ReportOutcome FromRound(TaskStanding standing) => standing switch
    {
        TaskStanding.Open => ReportOutcome.Accepted,
        TaskStanding.NotAssigned => ReportOutcome.NotAssigned,
        _ => ReportOutcome.RoundClosed,
    };
}
