using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Asynchronous;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Stragglers;
using Actors.Grains.Tasks;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

using TurnRules = Actors.Grains.Asynchronous.Turns;

namespace Actors.Simulation.Silo;

/// <summary>Mirrors <c>ContributorGrain</c>: asks <see cref="TurnRules"/>, persists before the reply, then tells the version.</summary>
internal sealed class ContributorDoor(SiloProcess silo, CollaboratorName name) : Door(silo)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Gate _writes = new();
    private readonly int _index = World.IndexOf(name);
    private GrainStorage<ContributorState>? _opened;
    private ContributorState _persisted = new();

    private GrainStorage<ContributorState> Stored => _opened ??= Storage<ContributorState>($"contributor {name}");

    private ExperimentPlan Plan => Silo.World.Definition.Plan;

    private int MaximumStaleness => BufferedAsync.MaximumStaleness(Plan.Stragglers);

    protected override bool MayBeCollected => true;

    protected override IEnumerator<Wait> ActivateAsync()
    {
        yield return Part.Of(Stored.Read());
        _persisted = Stored.State;
    }

    public IEnumerator<Wait> GetWorkAsync(CurrentRound current, Reply<WorkAnswer> reply)
    {
        reply.Value = WorkAnswer.Wait(current.Round, "the assigner gives no tasks at this version");
        var assigned = Assigners.BuiltIn.Find(Plan.Assigner.Name).Assign(Plan.Assigner, current.Round, attempt: 0, Silo.World.Members);
        if (!assigned.Tasks.TryGetValue(name, out var tasks) && _persisted.OpenTasks.Count == 0)
        {
            yield break;
        }

        yield return Part.Of(ChangeAsync(state => TurnRules.Begin(state, current.Round, current.Bundles, tasks ?? [], MaximumStaleness)));
        DeleteSpent();
        if (_persisted.OpenTasks.Count > 0)
        {
            reply.Value = new(WorkKind.Work, _persisted.Turn, _persisted.OpenTasks, _persisted.Bundles, "");
        }
    }

    public IEnumerator<Wait> ReportAsync(int turn, TaskReport report, Reply<ReportOutcome> reply)
    {
        var told = new Reply<bool>();
        if (TurnRules.Holds(_persisted, turn, report.Task))
        {
            yield return Part.Of(TellAsync(turn, told));
            reply.Value = told.Value ? ReportOutcome.AlreadyAccepted : ReportOutcome.RoundClosed;
            yield break;
        }

        var standing = new Reply<TaskStanding>();
        yield return Part.Of(StandingAsync(turn, report.Task, standing));
        reply.Value = Acceptance.FromRound(standing.Value);
        if (reply.Value == ReportOutcome.Accepted)
        {
            yield return Part.Of(ChangeAsync(state => TurnRules.Accept(state, report)));
            yield return Part.Of(TellAsync(turn, told));
            reply.Value = told.Value ? reply.Value : ReportOutcome.RoundClosed;
        }
    }

    public IEnumerator<Wait> StandingAsync(int turn, string task, Reply<TaskStanding> reply)
    {
        var current = Silo.Experiment.Ask<CurrentRound>(0, (door, answer) => door.GetCurrentAsync(answer), "current", interleaves: true);
        yield return current;
        reply.Value = current.Value.Lifecycle.HasEnded()
            ? TaskStanding.Closed
            : TurnRules.Standing(_persisted, turn, task, current.Value.Round, MaximumStaleness);
    }

    public IEnumerator<Wait> GetTurnAsync(Reply<int> reply)
    {
        reply.Value = _persisted.Turn;
        yield break;
    }

    public IEnumerator<Wait> GetPendingAsync(Reply<IReadOnlyList<Contribution>> reply)
    {
        reply.Value = _persisted.Pending;
        yield break;
    }

    public IEnumerator<Wait> FoldedAsync(IReadOnlyList<int> turns)
    {
        yield return Part.Of(ChangeAsync(state => TurnRules.Fold(state, turns)));
        DeleteSpent();
    }

    public IEnumerator<Wait> DropAsync(IReadOnlyList<int> turns)
    {
        yield return Part.Of(ChangeAsync(state => TurnRules.Drop(state, turns)));
        DeleteSpent();
    }

    private IEnumerator<Wait> TellAsync(int turn, Reply<bool> told)
    {
        told.Value = true;
        var started = Silo.World.Schedule.GetUtcNow();
        while (Silo.World.Mutation != Mutation.AcknowledgeUntold)
        {
            var asked = Silo.Experiment.Ask<CurrentRound>(0, (door, answer) => door.GetCurrentAsync(answer), "current", interleaves: true);
            yield return asked;
            var current = asked.Value;
            if (_persisted.Pending.FirstOrDefault(pending => pending.Turn == turn) is not { } contribution)
            {
                yield break;
            }

            var isTooOld = TurnRules.IsTooOld(contribution, current.Round, MaximumStaleness);
            if (current.Lifecycle.HasEnded() || isTooOld)
            {
                var state = Silo.Experiment.Ask<ExperimentState>(0, (door, answer) => door.GetStateAsync(answer), "state", interleaves: true);
                yield return state;
                told.Value = Silo.World.Mutation != Mutation.ForgetWhoCounted
                    && (state.Value.LastResult?.Contributions.Contains(new(name, turn)) ?? false);
                if (isTooOld && !told.Value)
                {
                    yield return Part.Of(DropAsync([turn]));
                }

                yield break;
            }

            var taken = Silo.Versions.Ask<bool>(
                current.Round, (door, answer) => door.ContributedAsync(new(name, turn), answer), "contributed", interleaves: true);
            yield return taken;
            if (taken.Value)
            {
                yield break;
            }

            if (Silo.World.Schedule.GetUtcNow() - started > Patience)
            {
                throw new FailureException(Failure.Unavailable);
            }

            yield return Silo.Delay(Look);
        }
    }

    private IEnumerator<Wait> ChangeAsync(Func<ContributorState, ContributorState> change)
    {
        yield return _writes.Enter();
        Failure? failed = null;
        if (change(_persisted) is var next && next != _persisted)
        {
            var save = Part.Of(Stored.Save(next)).Caught();
            yield return save;
            failed = save.Failure;
        }

        _persisted = Stored.State;
        _writes.Leave();
        if (failed is { } failure)
        {
            throw new FailureException(failure);
        }
    }

    private void DeleteSpent()
    {
        var spent = Silo.World.Mutation == Mutation.DeletePendingTurns
            ? Enumerable.Range(0, Math.Max(_persisted.Turn, 0))
            : TurnRules.Spent(_persisted);
        foreach (var turn in spent)
        {
            Silo.World.Tensors.DeleteScope(new(turn, _index));
        }
    }
}
