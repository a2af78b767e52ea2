using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;
using Actors.Grains.Stragglers;

namespace Actors.Grains.Rounds;

/// <summary>
/// One round's book: who has which tasks, who has reported, and whether it may close. Knows nothing of storage or grains.
/// </summary>
internal sealed class Round
{
    private readonly IReadOnlyDictionary<CollaboratorName, IReadOnlyList<string>> _assigned;
    private readonly Dictionary<CollaboratorName, HashSet<string>> _reported = [];
    private readonly IStragglerPolicy _policy;
    private readonly ExperimentPlan _plan;
    private int _complete;

    /// <summary>Opens the book of a round that is open or closing; reports are entered afterwards.</summary>
    public Round(RoundState state, int number)
    {
        var plan = state.Plan ?? throw new ArgumentException("The round has no plan yet.", nameof(state));
        _plan = plan;
        _assigned = Assigners.Find(plan.Assigner.Name).Assign(plan.Assigner, number, state.Members);
        _policy = StragglerPolicies.Find(plan.Stragglers.Name);
    }

    /// <summary>Who has tasks.</summary>
    public IEnumerable<CollaboratorName> Assigned => _assigned.Keys;

    /// <summary>How many have tasks.</summary>
    public int AssignedCount => _assigned.Count;

    /// <summary>How many have reported all their tasks.</summary>
    public int CompleteCount => _complete;

    /// <summary>The tasks a collaborator has not reported, in order.</summary>
    public IReadOnlyList<string> OpenTasks(CollaboratorName collaborator) =>
        !_assigned.TryGetValue(collaborator, out var tasks) ? []
        : !_reported.TryGetValue(collaborator, out var reported) ? tasks
        : [.. tasks.Where(task => !reported.Contains(task))];

    /// <summary>Whether a collaborator was given a task.</summary>
    public bool HasTask(CollaboratorName collaborator, string task) =>
        _assigned.TryGetValue(collaborator, out var tasks) && tasks.Contains(task);

    /// <summary>Enters a report; entering it again changes nothing. False when the collaborator was not given the task.</summary>
    public bool Enter(CollaboratorName collaborator, string task)
    {
        if (!HasTask(collaborator, task))
        {
            return false;
        }

        if (!_reported.TryGetValue(collaborator, out var reported))
        {
            _reported[collaborator] = reported = [];
        }

        if (reported.Add(task) && reported.Count == _assigned[collaborator].Count)
        {
            _complete++;
        }

        return true;
    }

    /// <summary>Those who have reported all their tasks, in ordinal order.</summary>
    public IReadOnlyList<CollaboratorName> Complete() =>
        [.. _assigned.Keys.Where(name => _reported.TryGetValue(name, out var reported) && reported.Count == _assigned[name].Count).Order()];

    /// <summary>Those of the given collaborators who have a task.</summary>
    public IReadOnlyList<CollaboratorName> WithTask(IReadOnlyList<CollaboratorName> collaborators, string task) =>
        [.. collaborators.Where(name => HasTask(name, task))];

    /// <summary>Whether the round closes at a moment.</summary>
    /// <param name="startedAt">When the first collaborator was given tasks; null before, when no deadline runs yet.</param>
    /// <param name="now">The moment.</param>
    public RoundDecision Decide(DateTimeOffset? startedAt, DateTimeOffset now)
    {
        if (_assigned.Count > 0 && _complete == _assigned.Count)
        {
            return RoundDecision.CloseNow;
        }

        var decision = _policy.Decide(
            _plan.Stragglers, new(_assigned.Count, _complete, startedAt is { } started ? now - started : TimeSpan.Zero));
        return startedAt is null && !decision.Close ? RoundDecision.Wait : decision;
    }
}
