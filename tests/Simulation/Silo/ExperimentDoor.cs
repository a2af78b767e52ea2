using Actors.Contracts.Identity;
using Actors.Grains.Asynchronous;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>
/// Mirrors <c>ExperimentGrain</c>: saves what <see cref="Experiment"/> decides, then goes on in a timer that publishes, opens the
/// round, announces, records. The record is a look at the models it would copy.
/// </summary>
internal sealed class ExperimentDoor(SiloProcess silo) : Door(silo)
{
    private GrainStorage<ExperimentState>? _opened;
    private CurrentRound _announced = CurrentRound.Of(new());
    private DateTimeOffset? _subscribed;
    private DoorSteps? _steps;
    private bool _recorded;
    private bool _dropped;

    private GrainStorage<ExperimentState> Stored => _opened ??= Storage<ExperimentState>("experiment");

    private ExperimentState State => Stored.State;

    private DoorSteps Steps => _steps ??= new(this, ContinueAsync, () => { });

    protected override bool MayBeCollected => !Steps.IsPending;

    protected override IEnumerator<Wait> ActivateAsync()
    {
        yield return Part.Of(Stored.Read());
        _announced = CurrentRound.Of(State);
        if (State.Lifecycle.HasEnded())
        {
            _announced = _announced with { Lifecycle = Lifecycle.Paused, Reason = "the last files are being written" };
        }

        if (State.Lifecycle is not (Lifecycle.Unknown or Lifecycle.Created))
        {
            Steps.Soon();
        }
    }

    public IEnumerator<Wait> CreateAsync(ExperimentDefinition definition)
    {
        if (State.Definition is null)
        {
            yield return Part.Of(SaveAsync(Experiment.Create(definition)));
        }
    }

    public IEnumerator<Wait> StartAsync()
    {
        yield return Part.Of(ChangeAsync(Experiment.Start(State)));
        Steps.Soon();
    }

    public IEnumerator<Wait> PauseAsync()
    {
        yield return Part.Of(ChangeAsync(Experiment.Pause(State, "an operator's word")));
        if (State.Lifecycle == Lifecycle.Paused)
        {
            Announce(_announced with { Lifecycle = State.Lifecycle, Reason = State.Reason, HandsOutWork = false });
        }
    }

    public IEnumerator<Wait> ResumeAsync() => ChangeAsync(Experiment.Resume(State));

    public IEnumerator<Wait> GetCurrentAsync(Reply<CurrentRound> reply)
    {
        reply.Value = _announced;
        yield break;
    }

    public IEnumerator<Wait> GetStateAsync(Reply<ExperimentState> reply)
    {
        reply.Value = State;
        yield break;
    }

    public IEnumerator<Wait> HasCountedAsync(int round, CollaboratorName collaborator, Reply<bool> reply)
    {
        reply.Value = State.LastResult is { } last && last.Number == round && last.Counted.Contains(collaborator);
        yield break;
    }

    public IEnumerator<Wait> RoundCompletedAsync(RoundResult result)
    {
        if (Experiment.Complete(State, result) is not { } next)
        {
            yield break;
        }

        if (!_recorded)
        {
            Record();
        }

        yield return Part.Of(SaveAsync(next));
        Steps.Soon();
    }

    public IEnumerator<Wait> RoundStuckAsync(int round, string? reason)
    {
        var next = reason is null ? Experiment.Revive(State) : Experiment.Stick(State, round, reason);
        if (round == State.Round)
        {
            yield return Part.Of(ChangeAsync(next));
        }
    }

    public IEnumerator<Wait> RoundChangedAsync(int round)
    {
        if (round == State.Round)
        {
            Announce(_announced);
        }

        yield break;
    }

    public IEnumerator<Wait> SubscribeAsync()
    {
        _subscribed = Silo.World.Schedule.GetUtcNow();
        yield break;
    }

    private IEnumerator<Wait> ContinueAsync()
    {
        if (State.Definition is { } definition)
        {
            yield return Part.Of(ContinueAsync(definition.Plan));
        }
    }

    private IEnumerator<Wait> ContinueAsync(ExperimentPlan plan)
    {
        var (round, current, best) = (State.Round, State.Current, State.Best);
        yield return Silo.TensorStore.Ask<Nothing>(
            0, (door, _) => door.PublishAsync(round, current, plan.NeededRounds, best is { } found ? [found.Round] : []), "publish");
        if (!State.Lifecycle.HasEnded())
        {
            yield return Part.Of(OpenRoundAsync(plan));
            Announce(CurrentRound.Of(State));
        }

        Record();
        if (!_dropped && State.Round > 0)
        {
            Drop(plan, State.Round - 1);
        }

        _dropped = true;
        if (State.Lifecycle.HasEnded())
        {
            Announce(CurrentRound.Of(State));
            Drop(plan, State.Round);
        }
    }

    private void Drop(ExperimentPlan plan, int round)
    {
        if (plan.IsAsynchronous)
        {
            Silo.Versions.Notify(round, door => door.DropAsync());
        }
        else
        {
            Silo.Rounds.Notify(round, door => door.DropAsync());
        }
    }

    private IEnumerator<Wait> OpenVersionAsync(ExperimentPlan plan)
    {
        var status = Silo.Versions.Ask<RoundPhase>(State.Round, (door, reply) => door.GetStatusAsync(reply), "version-status", interleaves: true);
        yield return status;
        if (status.Value == RoundPhase.None)
        {
            var opening = new VersionOpening(plan, Silo.World.Members, State.LastResult?.Contributions ?? []);
            yield return Silo.Versions.Ask<Nothing>(State.Round, (door, _) => door.OpenAsync(opening), "open-version");
        }
    }

    private IEnumerator<Wait> OpenRoundAsync(ExperimentPlan plan)
    {
        if (plan.IsAsynchronous)
        {
            yield return Part.Of(OpenVersionAsync(plan));
            yield break;
        }

        var status = Silo.Rounds.Ask<RoundPhase>(State.Round, (door, reply) => door.GetStatusAsync(reply), "status", interleaves: true);
        yield return status;
        if (status.Value == RoundPhase.None)
        {
            yield return Silo.Rounds.Ask<Nothing>(
                State.Round, (door, _) => door.OpenAsync(new(plan, Silo.World.Members)), "open");
        }
    }

    private IEnumerator<Wait> ChangeAsync(ExperimentState next)
    {
        if (next != State)
        {
            yield return Part.Of(SaveAsync(next));
            Steps.Soon();
        }
    }

    private IEnumerator<Wait> SaveAsync(ExperimentState next)
    {
        _recorded = false;
        var save = Part.Of(Stored.Save(next)).Caught();
        yield return save;
        if (save.Failure is { } failure)
        {
            if (Silo.World.Mutation != Mutation.RestAfterAFailedWrite)
            {
                Steps.Soon();
            }

            throw new FailureException(failure);
        }
    }

    private void Record()
    {
        Silo.World.Ledger.Recorded(State);
        _recorded = true;
    }

    private void Announce(CurrentRound current)
    {
        _announced = current;
        Silo.World.Ledger.Announced(current);
        if (_subscribed + TimeSpan.FromMinutes(5) > Silo.World.Schedule.GetUtcNow())
        {
            Silo.In(Silo.Dice.Milliseconds(0.01, 0.5), Silo.Waiting.Changed);
        }
    }
}
