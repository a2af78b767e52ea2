using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;
using Actors.Grains.Stragglers;

namespace Actors.Grains.Rounds;

/// <summary>
/// One round's book: who has which tasks, who has reported, who is gone, and what follows. Knows nothing of storage or grains.
/// </summary>
internal sealed class Round
{
    private const int NamesInAReason = 5;

    private readonly RoundAssignment _assignment;
    private readonly Dictionary<CollaboratorName, HashSet<string>> _reported = [];
    private readonly Dictionary<CollaboratorName, DateTimeOffset> _complete = [];
    private readonly PolicyChoice _choice;
    private readonly IStragglerPolicy _policy;
    private readonly int _number;
    private HashSet<CollaboratorName> _lost = [];

    /// <summary>Opens the book of a round; reports are entered afterwards.</summary>
    /// <param name="plan">The plan it follows.</param>
    /// <param name="assigners">The assigners that it may name.</param>
    /// <param name="members">The federation's members, in ordinal order.</param>
    /// <param name="number">The round's number, from 0.</param>
    /// <param name="attempt">How often it has been tried again.</param>
    public Round(ExperimentPlan plan, Assigners assigners, IReadOnlyList<CollaboratorName> members, int number, int attempt)
    {
        _number = number;
        _assignment = assigners.Find(plan.Assigner.Name).Assign(plan.Assigner, number, attempt, members);
        _choice = plan.Stragglers;
        _policy = StragglerPolicies.Find(_choice.Name);
    }

    /// <summary>Who has tasks.</summary>
    public IEnumerable<CollaboratorName> Assigned => _assignment.Tasks.Keys;

    /// <summary>How many have tasks.</summary>
    public int AssignedCount => _assignment.Tasks.Count;

    /// <summary>How many have reported all their tasks.</summary>
    public int CompleteCount => _complete.Count;

    /// <summary>Those who have tasks left, in ordinal order.</summary>
    public IReadOnlyList<CollaboratorName> Outstanding => [.. Assigned.Where(name => !_complete.ContainsKey(name)).Order()];

    /// <summary>Those who have reported all their tasks, in ordinal order.</summary>
    public IReadOnlyList<CollaboratorName> Complete => [.. _complete.Keys.Order()];

    /// <summary>With how many complete ones it closes at the earliest.</summary>
    public int Needed => _policy.Needed(_choice, Wanted);

    /// <summary>Whether what is decided may change by the passing of time alone.</summary>
    public bool HasDeadline => _policy.HasDeadline(_choice);

    // How many results are wanted: when more were invited, the first so many.
    private int Wanted => _assignment.Enough ?? AssignedCount;

    /// <summary>The tasks a collaborator has not reported, in order.</summary>
    public IReadOnlyList<string> OpenTasks(CollaboratorName collaborator) =>
        !_assignment.Tasks.TryGetValue(collaborator, out var tasks) ? []
        : !_reported.TryGetValue(collaborator, out var reported) ? tasks
        : [.. tasks.Where(task => !reported.Contains(task))];

    /// <summary>Whether a collaborator was given a task.</summary>
    public bool HasTask(CollaboratorName collaborator, string task) =>
        _assignment.Tasks.TryGetValue(collaborator, out var tasks) && tasks.Contains(task);

    /// <summary>Enters a report; entering it again changes nothing. False when the collaborator was not given the task.</summary>
    public bool Enter(CollaboratorName collaborator, string task, DateTimeOffset acceptedAt)
    {
        if (!HasTask(collaborator, task))
        {
            return false;
        }

        if (!_reported.TryGetValue(collaborator, out var reported))
        {
            _reported[collaborator] = reported = [];
        }

        if (reported.Add(task) && reported.Count == _assignment.Tasks[collaborator].Count)
        {
            _complete.Add(collaborator, acceptedAt);
        }

        _lost.Remove(collaborator);
        return true;
    }

    /// <summary>Notes who is gone: those whose lease has run out.</summary>
    public void NoteLost(IEnumerable<CollaboratorName> lost) => _lost = [.. lost.Where(name => !_complete.ContainsKey(name))];

    /// <summary>Those of the given collaborators who have a task.</summary>
    public IReadOnlyList<CollaboratorName> WithTask(IReadOnlyList<CollaboratorName> collaborators, string task) =>
        [.. collaborators.Where(name => HasTask(name, task))];

    /// <summary>
    /// What the round does at a moment. With what it needs it closes when everybody it wants has reported, when all the others
    /// are gone, or when its policy says so; with less it never does.
    /// </summary>
    /// <param name="startedAt">When the first collaborator was given tasks; null before, when no deadline runs yet.</param>
    /// <param name="now">The moment.</param>
    public RoundDecision Decide(DateTimeOffset? startedAt, DateTimeOffset now)
    {
        if (CompleteCount >= Needed && (CompleteCount >= Wanted || CompleteCount + _lost.Count == AssignedCount))
        {
            return RoundDecision.CloseNow;
        }

        var decision = _policy.Decide(_choice, Progress(startedAt, now));
        return startedAt is null && !decision.Close ? RoundDecision.Wait : decision;
    }

    /// <summary>Why the round cannot close as things are; null while it can.</summary>
    /// <param name="attempt">How often it has been tried again since somebody came back to it.</param>
    public string? Shortage(int attempt)
    {
        if (CompleteCount + Outstanding.Count(name => !_lost.Contains(name)) < Needed)
        {
            var missing = AssignedCount < Needed ? $"only {AssignedCount} have tasks" : $"gone: {Names(_lost.Order())}";
            return $"Round {_number} needs {Needed} collaborators and {CompleteCount} have reported; {missing}. "
                + "It goes on when enough are there.";
        }

        return attempt > _choice.Retries() && CompleteCount < Needed
            ? $"Round {_number} needs {Needed} collaborators and {CompleteCount} have reported in time, though it was tried again; "
                + $"still working: {Names(Outstanding)}. It goes on when enough have reported."
            : null;
    }

    private RoundProgress Progress(DateTimeOffset? startedAt, DateTimeOffset now) => startedAt is { } started
        ? new(Wanted, CompleteCount, now - started, _complete.Values.Select(at => at > started ? at - started : TimeSpan.Zero))
        : new(Wanted, CompleteCount, TimeSpan.Zero);

    private static string Names(IEnumerable<CollaboratorName> names)
    {
        var all = names.ToList();
        var shown = string.Join(", ", all.Take(NamesInAReason));
        return all.Count > NamesInAReason ? $"{shown} and {all.Count - NamesInAReason} more" : shown;
    }
}
