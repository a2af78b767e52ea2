using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Asynchronous;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Intake;
using Actors.Grains.Rounds;
using Actors.Simulation.Scenarios;
using Actors.Simulation.Storage;

namespace Actors.Simulation.Invariants;

/// <summary>Holds the turns and versions of an asynchronous experiment against the invariants, as <see cref="Ledger"/> does rounds.</summary>
internal sealed class TurnLedger(World world, Action<Invariant, string> violate)
{
    private readonly SortedDictionary<ContributionKey, Contribution> _complete = new(ContributionKey.Order);
    private readonly HashSet<(ContributionKey Key, string Task)> _accepted = [];
    private readonly HashSet<(ContributionKey Key, string Task)> _acknowledged = [];
    private readonly HashSet<ContributionKey> _closed = [];
    private readonly HashSet<ContributionKey> _folded = [];
    private readonly HashSet<(UpdateScope Scope, TensorDigest Digest)> _lost = [];
    private IReadOnlyList<ContributionKey> _closing = [];

    private ExperimentState Experiment => world.Database.Find<ExperimentState>("experiment") ?? new();

    private int MaximumStaleness => world.Scenario.MaximumStaleness;

    /// <summary>The disk lost an update.</summary>
    public void Lost(UpdateScope scope, TensorDigest digest) => _lost.Add((scope, digest));

    /// <summary>A contributor's row was written.</summary>
    public void Wrote(CollaboratorName name, ContributorState old, ContributorState next)
    {
        if (next.Turn < old.Turn)
        {
            violate(Invariant.Growing, $"{name} goes from turn {old.Turn} to turn {next.Turn}.");
        }

        if (next.Turn == old.Turn && next.Results.Count < old.Results.Count && old.OpenTasks.Count > 0)
        {
            violate(Invariant.AcceptedStays, $"Results of {name} in turn {old.Turn}, which is under way, are dropped.");
        }

        if (next.Turn > old.Turn && old is { Results.Count: > 0, OpenTasks.Count: > 0 } && Experiment.Round - old.Version <= MaximumStaleness)
        {
            violate(Invariant.AcceptedStays, $"Turn {old.Turn} of {name} has results and is not too old, but is given up.");
        }

        foreach (var result in next.Results)
        {
            _accepted.Add((new(name, next.Turn), result.Task));
        }

        foreach (var contribution in next.Pending)
        {
            _complete[new(name, contribution.Turn)] = contribution;
        }

        foreach (var gone in old.Pending.Where(pending => next.Pending.All(other => other.Turn != pending.Turn)))
        {
            var key = new ContributionKey(name, gone.Turn);
            var isTooOld = Experiment.Round - gone.Version > MaximumStaleness && !IsAcknowledged(key);
            if (!_folded.Contains(key) && !IsLost(key) && !isTooOld && !Experiment.Lifecycle.HasEnded())
            {
                violate(Invariant.AcceptedStays, $"Turn {gone.Turn} of {name} is dropped, and no version has folded it in.");
            }
        }
    }

    /// <summary>A version's row was written or cleared.</summary>
    public void Wrote(int version, VersionState old, VersionState next)
    {
        if (old.Phase == RoundPhase.Open && next.Phase == RoundPhase.Closing)
        {
            Close(version, next.Counted);
        }
        else if (next.Phase == RoundPhase.None && Experiment is var state && state.Round <= version && !state.Lifecycle.HasEnded())
        {
            violate(Invariant.RoundKept, $"Version {version} is cleared while it is the newest.");
        }
    }

    /// <summary>A version was folded into the next.</summary>
    public void Completed(ExperimentState old, ExperimentState next, RoundResult result)
    {
        if (!result.Contributions.SequenceEqual(_closing))
        {
            violate(Invariant.CountedOnce, $"Version {result.Number} ends with other contributions than it closed with.");
            return;
        }

        var folded = result.Contributions.Select(key => (Key: key, Contribution: _complete[key])).ToList();
        foreach (var (key, _) in folded)
        {
            if (!_folded.Add(key))
            {
                violate(Invariant.CountedOnce, $"Version {result.Number} folds in turn {key.Turn} of {key.Collaborator} a second time.");
            }

            if (_closed.Contains(key))
            {
                violate(Invariant.ClosedTruly, $"{key.Collaborator} heard that turn {key.Turn} is closed, but version {result.Number} folds it in.");
            }
        }

        var hasUpdates = folded.Any(one => one.Contribution.Reports.Any(report => report.Bundles.Count > 0));
        if (next.Current[0].Digest != (hasUpdates ? Digests.Version(result.Number, folded) : old.Current[0].Digest))
        {
            violate(Invariant.CountedOnce, $"The model after version {result.Number} is not made of its {folded.Count} contributions.");
        }

        foreach (var outcome in result.Outcomes)
        {
            var having = folded.Count(one => one.Contribution.Reports.Any(report => report.Task == outcome.Task));
            if (outcome.Collaborators != having)
            {
                violate(Invariant.CountedOnce, $"{outcome.Task} of version {result.Number} is made of {outcome.Collaborators} results; {having} count.");
            }
        }
    }

    /// <summary>Files were deleted: what is not folded in yet must be there, and what it started from.</summary>
    public void Deleted()
    {
        if (Experiment.Lifecycle.HasEnded())
        {
            return;
        }

        foreach (var name in world.Members)
        {
            if (world.Database.Find<ContributorState>($"contributor {name}") is not { } state)
            {
                continue;
            }

            foreach (var pending in state.Pending.Where(pending =>
                !_folded.Contains(new(name, pending.Turn)) && Experiment.Round - pending.Version <= MaximumStaleness))
            {
                Deleted(new(name, pending.Turn), pending.Reports, pending.StartedFrom.Digest);
            }

            if (state.OpenTasks.Count > 0 && Experiment.Round - state.Version <= MaximumStaleness)
            {
                Deleted(new(name, state.Turn), state.Results, state.Bundles[0].Digest);
            }
        }
    }

    /// <summary>A collaborator was told what became of a result.</summary>
    public void Answered(int collaborator, int turn, TaskReport report, IntakeOutcome outcome)
    {
        var key = new ContributionKey(world.Members[collaborator], turn);
        switch (outcome)
        {
            case IntakeOutcome.Accepted:
                if (!_accepted.Contains((key, report.Task)))
                {
                    violate(Invariant.AcknowledgedTruly, $"c{collaborator} hears that its {report.Task} of turn {turn} is accepted, but it never was.");
                }

                _acknowledged.Add((key, report.Task));
                break;
            case IntakeOutcome.RoundClosed:
                if (_folded.Contains(key) && _complete[key].Reports.Contains(report))
                {
                    violate(Invariant.ClosedTruly, $"c{collaborator} hears that turn {turn} is closed without its {report.Task}, but it counts.");
                }

                _closed.Add(key);
                break;
        }
    }

    /// <summary>What must hold at the end of a federation: what was acknowledged counts.</summary>
    public void Ended()
    {
        foreach (var key in _complete.Keys.Where(IsAcknowledged))
        {
            if (!_folded.Contains(key) && !IsLost(key))
            {
                violate(Invariant.Acknowledged, $"All results of turn {key.Turn} of {key.Collaborator} were acknowledged, but no version folded them in.");
            }
        }
    }

    private void Close(int version, IReadOnlyList<ContributionKey> counted)
    {
        _closing = counted;
        if (counted.Count < world.Scenario.BufferSize)
        {
            violate(Invariant.Minimum, $"Version {version} closes with {counted.Count} contributions; it needs {world.Scenario.BufferSize}.");
        }

        foreach (var key in counted.Where(key => !_complete.ContainsKey(key)))
        {
            violate(Invariant.Minimum, $"Version {version} counts turn {key.Turn} of {key.Collaborator}, whose results are not all accepted.");
        }

        foreach (var key in counted.Where(key => _complete.TryGetValue(key, out var taken) && version - taken.Version > MaximumStaleness))
        {
            violate(Invariant.NotTooOld, $"Version {version} counts turn {key.Turn} of {key.Collaborator}, which started from version {_complete[key].Version}.");
        }

        foreach (var key in _complete.Keys.Where(key => !_folded.Contains(key) && IsAcknowledged(key) && !IsLost(key) && !counted.Contains(key)))
        {
            violate(Invariant.Acknowledged, $"Version {version} closes without turn {key.Turn} of {key.Collaborator}, whose results are all acknowledged.");
        }
    }

    private void Deleted(ContributionKey key, IReadOnlyList<TaskReport> reports, TensorDigest start)
    {
        var scope = ScopeOf(key);
        if (reports.SelectMany(report => report.Bundles).Any(bundle => !world.Tensors.HasUpdate(scope, bundle.Digest) && !_lost.Contains((scope, bundle.Digest))))
        {
            violate(Invariant.NothingMissing, $"The accepted update of {scope}, which is not folded in, is deleted.");
        }

        if (!world.Tensors.HasModel(start))
        {
            violate(Invariant.NothingMissing, $"The model that {scope} started from is deleted before that is folded in.");
        }
    }

    private bool IsAcknowledged(ContributionKey key) => _complete[key].Reports.All(report => _acknowledged.Contains((key, report.Task)));

    private bool IsLost(ContributionKey key) => _complete.TryGetValue(key, out var contribution)
        && contribution.Reports.SelectMany(report => report.Bundles).Any(bundle => _lost.Contains((ScopeOf(key), bundle.Digest)));

    private static UpdateScope ScopeOf(ContributionKey key) => new(key.Turn, World.IndexOf(key.Collaborator));
}
