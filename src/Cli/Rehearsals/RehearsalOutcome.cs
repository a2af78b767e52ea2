namespace Actors.Cli.Rehearsals;

/// <summary>A rehearsal's report and what it was made of.</summary>
/// <param name="Report">The report.</param>
/// <param name="Undisturbed">The undisturbed run.</param>
/// <param name="Disturbed">The disturbed one.</param>
/// <param name="Options">What was asked for.</param>
internal sealed record RehearsalOutcome(RehearsalReport Report, RunResult Undisturbed, RunResult Disturbed, RehearsalOptions Options)
{
    /// <summary>
    /// Whether the models have to be the same. Where sites vanish by the script, rounds may close without them, and then other
    /// updates count; kills alone never change who counts in a plan that waits for everybody. Without rounds it is a matter of time what
    /// a version folds in.
    /// </summary>
    public bool MustBeEqual => !IsAsynchronous && (Options.Vanishing is null || Disturbed.CountedLike(Undisturbed));

    /// <summary>Whether the plan has versions and no rounds.</summary>
    public bool IsAsynchronous => Undisturbed.Rounds.Any(round => round.Turns.Count > 0);

    /// <summary>Whether the federation has lost nothing and ended as it had to.</summary>
    public bool Holds =>
        Report.LostAcceptedResults == 0
        && Report.RoundsCompleted == Undisturbed.Rounds.Count
        && (Report.Equal || !MustBeEqual);
}
