using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;
using Actors.Grains.Stragglers;
using Actors.Grains.Tensors;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Asynchronous;

internal sealed partial class VersionGrain(
    [PersistentState("version")] IPersistentState<VersionState> storage,
    VersionAggregation aggregation,
    ITensorStore store,
    TimeProvider clock,
    IOptions<FederationOptions> options,
    ILogger<VersionGrain> logger) : Grain, IVersionGrain
{
    private readonly SortedSet<ContributionKey> _buffer = new(ContributionKey.Order);
    private ExperimentPlan? _plan;
    private Task? _gathering;
    private bool _isWriting;
    private GrainSteps? _steps;

    // Not after an activation: the experiment may be paused for want of collaborators who are back.
    private bool _toldItCanClose;

    private RoundId Id => RoundId.Parse(this.GetPrimaryKeyString());

    private VersionState State => storage.State;

    private GrainSteps Steps => _steps ??= new(this, StepAsync, problem => LogAdvanceFailed(logger, problem, Id.Number));

    private IExperimentGrain Experiment => GrainFactory.GetExperiment(Id.Experiment);

    private IStragglerPolicy Policy => StragglerPolicies.Find(_plan!.Stragglers.Name);

    private int Needed => Policy.Needed(_plan!.Stragglers, State.Members.Count);

    // Asks nobody: a grain that waits for this one while it is being moved could not answer.
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.None)
        {
            Watch();
            Steps.Soon();
        }

        return Task.CompletedTask;
    }

    public async Task OpenAsync(VersionOpening opening, CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.None)
        {
            return;
        }

        // Before anything can be folded in here, what is folded in already is so for its contributors, too.
        await TellEachAsync(opening.Folded, (contributor, turns) => contributor.FoldedAsync(turns, cancellationToken));
        _plan = opening.Plan;
        _toldItCanClose = true;
        Watch();
        await SaveAsync(new() { Phase = RoundPhase.Open, Members = opening.Members, OpenedAt = clock.GetUtcNow() }, cancellationToken);
        LogOpened(logger, Id.Number, Needed);
    }

    public async Task<bool> ContributedAsync(ContributionKey contribution)
    {
        if (State.Phase == RoundPhase.Open)
        {
            await EnsureGatheredAsync();
        }

        if (_isWriting)
        {
            return false; // What the store holds is not known yet, and a crash would open it without what it had been told.
        }

        if (State.Phase != RoundPhase.Open)
        {
            return State.Counted.Contains(contribution);
        }

        if (_buffer.Add(contribution) && Decide().Close)
        {
            Steps.Soon();
        }

        return true;
    }

    public async Task DropAsync(CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.None)
        {
            await EndAsync(cancellationToken);
        }
    }

    public Task<RoundStatus> GetStatusAsync() => Task.FromResult(
        State.Phase == RoundPhase.None || _plan is null
            ? RoundStatus.None with { Phase = State.Phase }
            : new(State.Phase, State.Members.Count, _buffer.Count, Needed, 0, State.OpenedAt, null, []));

    private RoundDecision Decide() => Policy.Decide(
        _plan!.Stragglers, new(State.Members.Count, _buffer.Count, clock.GetUtcNow() - State.OpenedAt));

    private IContributorGrain Contributor(CollaboratorName name) => GrainFactory.GetContributor(new ContributorId(Id.Experiment, name));

    // A plan is there: it was opened by this activation, or has gathered already. One gathering at a time, whoever needs it.
    private Task EnsureGatheredAsync() => _plan is not null ? Task.CompletedTask
        : _gathering is { IsCompleted: false } running ? running
        : _gathering = GatherAsync();

    // After an activation: whatever no version has folded in yet is for this one, unless it is too old.
    private async Task GatherAsync()
    {
        var plan = (await Experiment.GetDefinitionAsync())!.Plan;
        var maximum = BufferedAsync.MaximumStaleness(plan.Stragglers);
        var pending = await Task.WhenAll(State.Members.Select(async name => (name, Pending: await Contributor(name).GetPendingAsync())));
        _buffer.UnionWith(pending.SelectMany(found => found.Pending
            .Where(contribution => !Turns.IsTooOld(contribution, Id.Number, maximum))
            .Select(contribution => new ContributionKey(found.name, contribution.Turn))));
        _plan = plan;
    }

    private void Watch()
    {
        Steps.Patrol(options.Value.Lease / 2, PatrolAsync);
        DelayDeactivation(TimeSpan.FromDays(1));
    }

    private async Task PatrolAsync(CancellationToken cancellationToken)
    {
        if (State.Phase == RoundPhase.Open)
        {
            await EnsureGatheredAsync();
            await LookWhetherAnybodyIsThereAsync(cancellationToken);
            await StepAsync(cancellationToken);
        }
    }

    private async Task LookWhetherAnybodyIsThereAsync(CancellationToken cancellationToken)
    {
        var presence = await Task.WhenAll(State.Members.Select(name =>
            GrainFactory.GetCollaborator(new CollaboratorId(Id.Experiment.Federation, name)).GetPresenceAsync()));
        var stuck = presence.All(found => found.IsLost);
        if (stuck || !_toldItCanClose)
        {
            _toldItCanClose = false; // Until it is answered.
            var reason = stuck
                ? $"Version {Id.Number} has {_buffer.Count} of {Needed} results, and no collaborator is there. It goes on when one is."
                : null;
            await Experiment.RoundStuckAsync(Id.Number, reason, cancellationToken);
        }

        _toldItCanClose = !stuck;
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        if (State.Phase != RoundPhase.None && (await Experiment.GetCurrentAsync()).IsPast(Id.Number))
        {
            await EndAsync(cancellationToken);
        }

        if (State.Phase != RoundPhase.None)
        {
            await EnsureGatheredAsync();
        }

        if (State.Phase == RoundPhase.Open && Decide().Close)
        {
            await SaveAsync(State with { Phase = RoundPhase.Closing, Counted = [.. _buffer] }, cancellationToken);
            FaultPoints.Reach(FaultPoint.RoundClosing);
        }

        if (State.Phase == RoundPhase.Closing)
        {
            await CloseAsync(cancellationToken);
        }
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(State.Counted.Select(async key => (
            Key: key, Contribution: (await Contributor(key.Collaborator).GetPendingAsync()).FirstOrDefault(pending => pending.Turn == key.Turn))));
        var lost = found.Where(one => one.Contribution is null || IsLost(one.Key, one.Contribution)).Select(one => one.Key).ToList();
        if (lost.Count > 0 && (await Experiment.GetStateAsync()).Round > Id.Number)
        {
            await EndAsync(cancellationToken); // They are folded in; only the word of it was lost, or the end of this version.
            return;
        }

        if (lost.Count > 0)
        {
            // Their turns are over, so nobody can be asked again; the version waits for others in their place.
            LogLost(logger, Id.Number, string.Join(", ", lost));
            await TellEachAsync(lost, (contributor, turns) => contributor.DropAsync(turns, cancellationToken));
            _buffer.ExceptWith(lost);
            await SaveAsync(State with { Phase = RoundPhase.Open, Counted = [] }, cancellationToken);
            Steps.Soon();
            return;
        }

        var current = (await Experiment.GetCurrentAsync()).Bundles;
        var outcomes = await Task.Run(
            () => aggregation.Run(Id, _plan!, current, [.. found.Select(one => (one.Key.Collaborator, one.Contribution!))]), cancellationToken);
        FaultPoints.Reach(FaultPoint.ModelAggregated);
        await Experiment.RoundCompletedAsync(
            new(Id.Number, outcomes, [.. State.Counted.Select(key => key.Collaborator)], State.Members.Count, State.OpenedAt, clock.GetUtcNow())
            {
                Contributions = State.Counted,
            },
            cancellationToken);
        await EndAsync(cancellationToken);
    }

    private bool IsLost(ContributionKey key, Contribution contribution) => contribution.Reports
        .SelectMany(report => report.Bundles)
        .Any(bundle => !store.Contains(TensorScope.Turn(new(Id.Experiment, key.Collaborator), key.Turn), bundle));

    private Task TellEachAsync(IReadOnlyList<ContributionKey> contributions, Func<IContributorGrain, IReadOnlyList<int>, Task> tell) => Task.WhenAll(
        contributions.GroupBy(key => key.Collaborator).Select(group => tell(Contributor(group.Key), [.. group.Select(key => key.Turn)])));

    private async Task SaveAsync(VersionState next, CancellationToken cancellationToken)
    {
        _isWriting = true;
        try
        {
            await storage.SaveAsync(this, next, cancellationToken);
        }
        finally
        {
            _isWriting = false;
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await storage.ClearAsync(this, cancellationToken);
        Steps.Stop();
        DelayDeactivation(TimeSpan.Zero);
        DeactivateOnIdle();
    }

    [LoggerMessage(LogLevel.Information, "Version {Version} is open: it closes with {Needed} results")]
    private static partial void LogOpened(ILogger logger, int version, int needed);

    [LoggerMessage(LogLevel.Error, "Version {Version}: the accepted updates of {Contributions} are gone from the store; others are waited for in their place")]
    private static partial void LogLost(ILogger logger, int version, string contributions);

    [LoggerMessage(LogLevel.Warning, "Version {Version} could not go on; trying again in a second")]
    private static partial void LogAdvanceFailed(ILogger logger, Exception problem, int version);
}
