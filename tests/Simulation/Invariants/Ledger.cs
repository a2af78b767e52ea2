using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Assignment;
using Actors.Grains.Asynchronous;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Intake;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;
using Actors.Simulation.Collaborators;
using Actors.Simulation.Scenarios;
using Actors.Simulation.Storage;

namespace Actors.Simulation.Invariants;

/// <summary>
/// Watches every durable write, every deletion and every answer that reaches a collaborator, and holds them against the
/// invariants. It believes what is on the disks and what collaborators were told; it never asks a door.
/// </summary>
internal sealed class Ledger(World world)
{
    private readonly Dictionary<(int Round, int Collaborator), HashSet<string>> _acknowledged = [];
    private readonly Dictionary<(int Round, int Collaborator), DateTimeOffset> _forgotten = [];
    private readonly Dictionary<int, Closing> _closings = [];
    private readonly Dictionary<int, DateTimeOffset> _openedAgain = [];
    private readonly HashSet<(UpdateScope Scope, TensorDigest Digest)> _lost = [];
    private TurnLedger? _turns;
    private readonly int[] _seen = [.. Enumerable.Repeat(-1, world.Scenario.Collaborators)];
    private int _announced = -1;

    /// <summary>The first invariant that did not hold; null while all do.</summary>
    public Violation? Violation { get; private set; }

    private TurnLedger Turns => _turns ??= new(world, Violate);

    private ExperimentState Experiment => world.Database.Find<ExperimentState>("experiment") ?? new();

    /// <summary>Whether the experiment ran to its end.</summary>
    public bool IsFinished => Experiment.Lifecycle == Lifecycle.Finished;

    /// <summary>A row was written or cleared.</summary>
    public void Wrote(string key, object? old, object? next)
    {
        switch (next ?? old)
        {
            case ExperimentState:
                Wrote((ExperimentState?)old ?? new(), (ExperimentState)next!);
                break;
            case RoundState:
                Wrote(int.Parse(key.AsSpan("round ".Length), provider: null), (RoundState?)old ?? new(), (RoundState?)next ?? new());
                break;
            case CollaboratorState:
                Wrote(World.IndexOf(new(key["collaborator ".Length..])), (CollaboratorState?)old ?? new(), (CollaboratorState)next!);
                break;
            case ContributorState:
                Turns.Wrote(new(key["contributor ".Length..]), (ContributorState?)old ?? new(), (ContributorState)next!);
                break;
            case VersionState:
                Turns.Wrote(int.Parse(key.AsSpan("version ".Length), provider: null), (VersionState?)old ?? new(), (VersionState?)next ?? new());
                break;
        }
    }

    /// <summary>Files were deleted by the store's grain.</summary>
    public void Deleted()
    {
        var state = Experiment;
        if (state.Current.Any(bundle => !world.Tensors.HasModel(bundle.Digest)))
        {
            Violate(Invariant.NothingMissing, $"The model of round {state.Round} is deleted.");
        }

        if (state.Best is { } best && !world.Tensors.HasModel(best.Model.Digest))
        {
            Violate(Invariant.NothingMissing, $"The best model, of round {best.Round}, is deleted.");
        }

        if (state.Lifecycle.HasEnded())
        {
            return;
        }

        Turns.Deleted();
        foreach (var name in world.Members)
        {
            foreach (var bundle in AcceptedOf(name, state.Round).SelectMany(accepted => accepted.Report.Bundles))
            {
                if (!world.Tensors.HasUpdate(new(state.Round, null), bundle.Digest) && !_lost.Contains((new(state.Round, null), bundle.Digest)))
                {
                    Violate(Invariant.NothingMissing, $"The accepted update of {name} in round {state.Round}, which is not over, is deleted.");
                }
            }
        }
    }

    /// <summary>The disk lost an update.</summary>
    public void Lost(UpdateScope scope, TensorDigest digest)
    {
        _lost.Add((scope, digest));
        Turns.Lost(scope, digest);
    }

    /// <summary>The record copies the newest and the best model.</summary>
    public void Recorded(ExperimentState state)
    {
        if (state.LastResult is not null
            && (!world.Tensors.HasModel(state.Current[0].Digest) || (state.Best is { } best && !world.Tensors.HasModel(best.Model.Digest))))
        {
            Violate(Invariant.NothingMissing, $"A model to be recorded after round {state.LastResult.Number} is gone.");
        }
    }

    /// <summary>A round was announced.</summary>
    public void Announced(CurrentRound current)
    {
        if (current.Round < _announced)
        {
            Violate(Invariant.Growing, $"Round {current.Round} is announced after round {_announced}.");
        }

        _announced = current.Round;
    }

    /// <summary>A grain waited in vain for another's answer.</summary>
    public void TimedOut(string call) => Violate(Invariant.NoDeadlock, $"The grain call '{call}' was not answered in time.");

    /// <summary>Whether the experiment says of a round that it waits for collaborators.</summary>
    public bool IsStuck(int round) =>
        Experiment is { Lifecycle: Lifecycle.Paused, Pause: PauseCause.Collaborators } state && state.Round == round;

    /// <summary>A round looked for the missing, and so often in a row the experiment said it was stuck while it was not.</summary>
    public void Patrolled(int round, int inVain)
    {
        if (inVain >= 3)
        {
            Violate(Invariant.PauseIsTrue, $"The experiment is paused for want of collaborators, but round {round} has no shortage.");
        }
    }

    /// <summary>A collaborator got a final refusal.</summary>
    public void GaveUp(int collaborator, string call) => Violate(Invariant.NotRefused, $"{call} of c{collaborator} is refused for good.");

    /// <summary>A collaborator was told what to do.</summary>
    public void Answered(int collaborator, WorkAnswer answer)
    {
        if (world.IsAsynchronous && answer.Kind != WorkKind.Work)
        {
            return; // It names a version, not a turn.
        }

        if (answer.Round < _seen[collaborator])
        {
            Violate(Invariant.Growing, $"c{collaborator} is given round {answer.Round} after round {_seen[collaborator]}.");
        }

        _seen[collaborator] = answer.Round;
    }

    /// <summary>A collaborator was told what became of a result.</summary>
    /// <param name="collaborator">Who.</param>
    /// <param name="round">The result's round.</param>
    /// <param name="report">The result.</param>
    /// <param name="outcome">The answer.</param>
    /// <param name="asked">When it asked the question that was answered.</param>
    public void Answered(int collaborator, int round, TaskReport report, IntakeOutcome outcome, DateTimeOffset asked)
    {
        if (outcome is IntakeOutcome.Refused refused)
        {
            Violate(Invariant.NotRefused, $"{report.Task} of c{collaborator} in round {round} is refused: {refused.Message}");
        }

        if (world.IsAsynchronous)
        {
            Turns.Answered(collaborator, round, report, outcome);
            return;
        }

        var closing = _closings.GetValueOrDefault(round);
        switch (outcome)
        {
            case IntakeOutcome.Accepted:
                if (closing is not null && closing.At < asked && !closing.Names.Contains(world.Members[collaborator]))
                {
                    Violate(Invariant.AcknowledgedTruly, $"c{collaborator} hears that its {report.Task} of round {round} is accepted, but the round is closed without it.");
                }

                if (_forgotten.TryGetValue((round, collaborator), out var forgotten) && asked <= forgotten)
                {
                    break; // It was lost with its update since, and is asked for again.
                }

                if (!_acknowledged.TryGetValue((round, collaborator), out var tasks))
                {
                    _acknowledged[(round, collaborator)] = tasks = [];
                }

                tasks.Add(report.Task);
                break;
            case IntakeOutcome.RoundClosed:
                // Of a round before the last one nobody knows any more who counted. The answer may be older than this closing: the round
                // was closed without the result when it was given, opened again because an update was lost, and then closed with it.
                var isOld = _openedAgain.TryGetValue(round, out var openedAgain) && asked <= openedAgain;
                if (closing is not null && !isOld && !_closings.ContainsKey(round + 1) && closing.Counted.TryGetValue(collaborator, out var counted) && counted.Contains(report))
                {
                    Violate(Invariant.ClosedTruly, $"c{collaborator} hears that round {round} is closed without its {report.Task}, but it counts.");
                }

                break;
        }
    }

    /// <summary>What must hold at the end of a federation.</summary>
    public void Ended()
    {
        Turns.Ended();
        if (world.Scenario.IsDetermined && Experiment.Current[0].Digest != ExpectedModel())
        {
            Violate(Invariant.SameModel, "The final model is not that of a run without faults.");
        }
    }

    /// <summary>Notes that an invariant does not hold; the first one stands.</summary>
    public void Violate(Invariant invariant, string message) => Violation ??= new(invariant, message);

    private void Wrote(ExperimentState old, ExperimentState next)
    {
        if (next.Round < old.Round || next.Round > old.Round + 1 || (old.Lifecycle.HasEnded() && old.Lifecycle != next.Lifecycle))
        {
            Violate(Invariant.Growing, $"The experiment goes from round {old.Round}, {old.Lifecycle}, to round {next.Round}, {next.Lifecycle}.");
        }

        if (next.Round == old.Round + 1)
        {
            if (world.IsAsynchronous)
            {
                Turns.Completed(old, next, next.LastResult!);
            }
            else
            {
                Completed(old, next, next.LastResult!);
            }
        }

        Deleted();
    }

    private void Completed(ExperimentState old, ExperimentState next, RoundResult result)
    {
        if (!_closings.TryGetValue(result.Number, out var closing) || !closing.Names.SequenceEqual(result.Counted))
        {
            Violate(Invariant.CountedOnce, $"Round {result.Number} ends with others than it closed with.");
            return;
        }

        var updates = new List<TensorDigest>();
        foreach (var name in result.Counted)
        {
            var trained = AcceptedOf(name, result.Number).Where(accepted => accepted.Report.Task == PlanTasks.Train);
            updates.AddRange(trained.SelectMany(accepted => accepted.Report.Bundles).Select(bundle => bundle.Digest));
        }

        var expected = updates.Count == 0 ? old.Current[0].Digest : Digests.Aggregate(result.Number, updates);
        if (next.Current[0].Digest != expected)
        {
            Violate(Invariant.CountedOnce, $"The model after round {result.Number} is not made of the {updates.Count} updates of those who count.");
        }

        var tasks = TasksOf(result.Number);
        foreach (var outcome in result.Outcomes)
        {
            var having = result.Counted.Count(name => tasks[name].Contains(outcome.Task));
            if (outcome.Collaborators != having)
            {
                Violate(Invariant.CountedOnce, $"{outcome.Task} of round {result.Number} is made of {outcome.Collaborators} results; {having} count.");
            }
        }
    }

    private void Wrote(int round, RoundState old, RoundState next)
    {
        if (old.Phase == RoundPhase.Open && next.Phase == RoundPhase.Closing)
        {
            Close(round, next);
        }
        else if (next.Phase == RoundPhase.Open)
        {
            if (_closings.Remove(round))
            {
                _openedAgain[round] = world.Schedule.GetUtcNow();
            }
        }
        else if (next.Phase == RoundPhase.None && Experiment is var state && state.Round <= round && !state.Lifecycle.HasEnded())
        {
            Violate(Invariant.RoundKept, $"Round {round} is cleared while the experiment is in round {state.Round}.");
        }
    }

    private void Close(int round, RoundState next)
    {
        var tasks = TasksOf(round);
        var counted = next.Counted.ToDictionary(World.IndexOf, name => AcceptedOf(name, round).Select(accepted => accepted.Report).ToList());
        _closings[round] = new(world.Schedule.GetUtcNow(), next.Counted, counted);
        if (next.Counted.Count < world.Scenario.Needed)
        {
            Violate(Invariant.Minimum, $"Round {round} closes with {next.Counted.Count}; it needs {world.Scenario.Needed}.");
        }

        foreach (var (name, owed) in tasks)
        {
            var index = World.IndexOf(name);
            if (counted.TryGetValue(index, out var reports))
            {
                if (owed.Any(task => reports.All(report => report.Task != task)) && !HasLost(round, name))
                {
                    Violate(Invariant.Minimum, $"Round {round} counts {name}, whose results are not all accepted.");
                }
            }
            else if (_acknowledged.TryGetValue((round, index), out var acknowledged) && owed.All(acknowledged.Contains))
            {
                Violate(Invariant.Acknowledged, $"Round {round} closes without {name}, whose results are all acknowledged.");
            }
        }
    }

    private void Wrote(int collaborator, CollaboratorState old, CollaboratorState next)
    {
        var name = world.Members[collaborator];
        var round = Experiment.Round;
        var id = new RoundId(World.Experiment, round);
        if (old.Of(id).Count > next.Of(id).Count && !Experiment.Lifecycle.HasEnded())
        {
            if (!HasLost(round, name, old))
            {
                Violate(Invariant.AcceptedStays, $"Accepted results of {name} in round {round}, which is not over, are dropped.");
            }

            _acknowledged.Remove((round, collaborator));
            _forgotten[(round, collaborator)] = world.Schedule.GetUtcNow();
            _closings.GetValueOrDefault(round)?.Counted.Remove(collaborator);
        }
    }

    private bool HasLost(int round, CollaboratorName name, CollaboratorState? state = null) =>
        (state?.Of(new(World.Experiment, round)) ?? AcceptedOf(name, round))
            .Any(accepted => accepted.Report.Bundles.Any(bundle => _lost.Contains((new(round, null), bundle.Digest))));

    private IReadOnlyList<AcceptedResult> AcceptedOf(CollaboratorName name, int round) =>
        world.Database.Find<CollaboratorState>($"collaborator {name}")?.Of(new(World.Experiment, round)) ?? [];

    // Of any attempt: a later one asks more members, and gives those of an earlier one no others.
    private IReadOnlyDictionary<CollaboratorName, IReadOnlyList<string>> TasksOf(int round) =>
        Assigners.BuiltIn.Find(world.Scenario.Assigner).Assign(world.Definition.Plan.Assigner, round, 1000, world.Members).Tasks;

    private TensorDigest ExpectedModel()
    {
        var model = Digests.Initial;
        for (var round = 0; round < world.Scenario.Rounds; round++)
        {
            var assigner = Assigners.BuiltIn.Find(world.Scenario.Assigner);
            var trainers = assigner.Assign(world.Definition.Plan.Assigner, round, 0, world.Members).Tasks
                .Where(assigned => assigned.Value.Contains(PlanTasks.Train)).Select(assigned => assigned.Key).Order().ToList();
            var from = model;
            model = trainers.Count == 0 ? model
                : Digests.Aggregate(round, trainers.Select(name => Digests.Update(from, World.IndexOf(name), 0)));
        }

        return model;
    }

    private sealed record Closing(DateTimeOffset At, IReadOnlyList<CollaboratorName> Names, Dictionary<int, List<TaskReport>> Counted);
}
