namespace Actors.Simulation.Invariants;

/// <summary>
/// What the simulator has found in the product. A door mirrors its grain as it is; where a finding says so it behaves as if the
/// grain were mended, so that one finding does not hide the next. Once a grain is mended, its door follows and the name goes.
/// </summary>
internal enum Finding
{
    /// <summary>
    /// <c>ExperimentGrain</c>: a write that reaches the database but is answered with an error is read back by <c>SaveAsync</c>;
    /// the repeated call finds nothing to change and does not go on: no round is opened or announced until the next restart.
    /// Mended: a failed save continues soon.
    /// </summary>
    UnheardWrite,

    /// <summary>
    /// <c>RoundGrain.HandOutAsync</c> sets <c>Attempt</c> to 0 when somebody comes back to a stuck round. The assignment depends on
    /// it: whoever was invited by a further attempt has no tasks once the book is opened anew, and its results are refused or, if
    /// acknowledged, not counted. Mended: the attempt stays.
    /// </summary>
    AttemptReset,

    /// <summary>
    /// <c>RoundGrain</c> remembers only in memory that it has told the experiment of a shortage, and forgets it when it hands out
    /// work: the experiment stays paused although the round has enough. Mended: it tells when it does not know.
    /// </summary>
    PauseOutlives,

    /// <summary>
    /// <c>TaskGrain</c> takes no other list of counted collaborators while it is at work on one: after a lost update the round may
    /// close with others, and takes the outcome of the first list. Mended: another list replaces the first, and its outcome is not taken.
    /// </summary>
    StaleOutcome,

    /// <summary>
    /// <c>ResultIntake.AnswerLateAsync</c> says "accepted" of an accepted result whose round was closed without it. Mended: it
    /// asks the experiment who counted.
    /// </summary>
    LateAcknowledgement,

    /// <summary>
    /// A round that has ended forgets whom it counted with its activation, and answers "closed without it" to who asks before the
    /// next round is announced. Mended: the collaborator's grain asks the experiment who counted.
    /// </summary>
    ForgottenCounted,

    /// <summary>
    /// <c>RoundGrain.UpdatesLostAsync</c>: when its write reaches the database but is answered with an error, the round is open
    /// with the book and outcomes of before, and closes again with those whose results it has just forgotten. Mended: they are
    /// given up before the write.
    /// </summary>
    StaleBook,

    /// <summary>
    /// <c>PersistentStateExtensions.SaveAsync</c>: when a write's answer is lost and the state cannot be read back either, the grain
    /// goes on with the state of before. A round that has closed on the disk still takes and acknowledges results. Mended: the
    /// activation ends, so that the next one reads.
    /// </summary>
    UnreadState,
}
