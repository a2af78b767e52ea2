using Actors.Grains.Collaborators;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;

namespace Actors.Grains.Asynchronous;

/// <summary>
/// Decides about a collaborator's turns: one follows the other without a wait, and each starts from the version that is newest
/// when it begins. Knows nothing of storage or grains.
/// </summary>
internal static class Turns
{
    /// <summary>The state in which the collaborator has work: the turn that is under way, or the next one. Lets go of what is too old.</summary>
    /// <param name="state">What is persisted.</param>
    /// <param name="version">The newest version.</param>
    /// <param name="bundles">Its tensors.</param>
    /// <param name="tasks">What the assigner gives the collaborator at that version; at least one task.</param>
    /// <param name="maximumStaleness">How many versions old a turn's start may be.</param>
    public static ContributorState Begin(
        ContributorState state, int version, IReadOnlyList<TensorBundle> bundles, IReadOnlyList<string> tasks, int maximumStaleness) =>
        state.OpenTasks.Count > 0 && version - state.Version <= maximumStaleness
            ? state
            : state with
            {
                Turn = state.Turn + 1,
                Version = version,
                Bundles = bundles,
                Tasks = tasks,
                Results = [],
                Pending = [.. state.Pending.Where(pending => !IsTooOld(pending, version, maximumStaleness))],
            };

    /// <summary>
    /// Whether a version may not fold a contribution in any more. One that was accepted in time comes to that when no version took it
    /// while it waited; the model it started from may be gone then.
    /// </summary>
    public static bool IsTooOld(Contribution contribution, int version, int maximumStaleness) =>
        version - contribution.Version > maximumStaleness;

    /// <summary>Whether a result of a turn would be taken, or its bytes once more: the disk may have lost those of an accepted one.</summary>
    public static TaskStanding Standing(ContributorState state, int turn, string task, int version, int maximumStaleness) =>
        turn != state.Turn || version - state.Version > maximumStaleness || state.OpenTasks.Count == 0 ? TaskStanding.Closed
        : state.Tasks.Contains(task) ? TaskStanding.Open
        : TaskStanding.NotAssigned;

    /// <summary>Whether a result had been accepted before.</summary>
    public static bool Holds(ContributorState state, int turn, string task) =>
        (turn == state.Turn && state.Results.Any(result => result.Task == task))
        || state.Pending.Any(pending => pending.Turn == turn && pending.Reports.Any(report => report.Task == task));

    /// <summary>The state with one result more; with the last of its tasks the turn becomes a contribution.</summary>
    public static ContributorState Accept(ContributorState state, TaskReport report)
    {
        var next = state with { Results = [.. state.Results, report] };
        return next.OpenTasks.Count > 0
            ? next
            : next with { Pending = [.. state.Pending, new(state.Turn, state.Version, state.Bundles.Find(BundleKinds.Model)!, next.Results)] };
    }

    /// <summary>The state after a version has folded contributions in.</summary>
    public static ContributorState Fold(ContributorState state, IReadOnlyCollection<int> turns) =>
        state.Pending.Any(pending => turns.Contains(pending.Turn))
            ? state with { Pending = [.. state.Pending.Where(pending => !turns.Contains(pending.Turn))] }
            : state;

    /// <summary>The state after contributions were lost or became too old: a repeated report of one hears that its turn is closed.</summary>
    public static ContributorState Drop(ContributorState state, IReadOnlyCollection<int> turns) => Fold(state, turns) switch
    {
        var next when next != state && turns.Contains(state.Turn) => next with { Tasks = [], Results = [] },
        var next => next,
    };

    /// <summary>The turns whose bytes are not needed any more, as far back as a crash may have left some.</summary>
    public static IEnumerable<int> Spent(ContributorState state)
    {
        const int LookBack = 16;
        for (var turn = Math.Max(0, state.Turn - LookBack); turn < state.Turn; turn++)
        {
            if (state.Pending.All(pending => pending.Turn != turn))
            {
                yield return turn;
            }
        }
    }
}
