using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;
using Actors.Grains.Stragglers;
using Actors.Grains.Tensors;

namespace Actors.Grains.Asynchronous;

internal sealed class ContributorGrain(
    [PersistentState("contributor")] IPersistentState<ContributorState> storage,
    VersionAssignments assignments,
    ITensorStore store,
    TimeProvider clock) : Grain, IContributorGrain, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // What the store holds; storage.State may be ahead of it while a write is under way.
    private ContributorState _persisted = new();
    private ExperimentPlan? _plan;

    // A version may tell what it has folded in while a report is being written.
    private readonly SemaphoreSlim _writes = new(1);

    private ContributorId Id => ContributorId.Parse(this.GetPrimaryKeyString());

    private IExperimentGrain Experiment => GrainFactory.GetExperiment(Id.Experiment);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _persisted = storage.State;
        return Task.CompletedTask;
    }

    public async Task<WorkAnswer> GetWorkAsync(CurrentRound current, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync();
        var members = await GrainFactory.GetFederation(Id.Experiment.Federation).GetMembersAsync();
        if (await AssignAsync(plan, current, members, cancellationToken) is not { } assigned)
        {
            return WorkAnswer.Wait(current.Round, "the assigner gives no tasks at all");
        }

        if (!assigned.Tasks.TryGetValue(Id.Name, out var tasks) && _persisted.OpenTasks.Count == 0)
        {
            return WorkAnswer.Wait(current.Round, "the assigner gives no tasks at this version");
        }

        var maximum = BufferedAsync.MaximumStaleness(plan.Stragglers);
        await ChangeAsync(state => Turns.Begin(state, current.Round, current.HandedOut, tasks ?? [], maximum), cancellationToken);
        DeleteSpent();
        return _persisted.OpenTasks.Count > 0
            ? new(WorkKind.Work, _persisted.Turn, _persisted.OpenTasks, _persisted.Bundles, "")
            : WorkAnswer.Wait(current.Round, "the assigner gives no tasks at this version");
    }

    public async Task<ReportOutcome> ReportAsync(int turn, TaskReport report, CancellationToken cancellationToken)
    {
        if (Turns.Holds(_persisted, turn, report.Task))
        {
            return await TellAsync(turn, cancellationToken) ? ReportOutcome.AlreadyAccepted : ReportOutcome.RoundClosed;
        }

        var outcome = Acceptance.FromRound(await StandingAsync(turn, report.Task));
        if (outcome == ReportOutcome.Accepted)
        {
            await ChangeAsync(state => Turns.Accept(state, report), cancellationToken);
            FaultPoints.Reach(FaultPoint.ResultAccepted);
            outcome = await TellAsync(turn, cancellationToken) ? outcome : ReportOutcome.RoundClosed;
        }

        return outcome;
    }

    public async Task<TaskStanding> StandingAsync(int turn, string task)
    {
        var maximum = BufferedAsync.MaximumStaleness((await PlanAsync()).Stragglers);
        var current = await Experiment.GetCurrentAsync();
        return current.Lifecycle.HasEnded() ? TaskStanding.Closed : Turns.Standing(_persisted, turn, task, current.Round, maximum);
    }

    public Task<TensorBundle?> GetStartAsync() => Task.FromResult(_persisted.Bundles.Find(BundleKinds.Model));

    public Task<int> GetTurnAsync() => Task.FromResult(_persisted.Turn);

    public Task<IReadOnlyList<Contribution>> GetPendingAsync() => Task.FromResult(_persisted.Pending);

    public async Task FoldedAsync(IReadOnlyList<int> turns, CancellationToken cancellationToken)
    {
        await ChangeAsync(state => Turns.Fold(state, turns), cancellationToken);
        DeleteSpent();
    }

    public async Task DropAsync(IReadOnlyList<int> turns, CancellationToken cancellationToken)
    {
        await ChangeAsync(state => Turns.Drop(state, turns), cancellationToken);
        DeleteSpent();
    }

    /// <inheritdoc/>
    public void Dispose() => _writes.Dispose();

    // True when the turn is not done yet, or a version has it. A version that is being aggregated takes nothing: the next one does.
    private async Task<bool> TellAsync(int turn, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var maximum = BufferedAsync.MaximumStaleness((await PlanAsync()).Stragglers);
        while (true)
        {
            // In this order: a version that is announced has told what the one before it folded in.
            var current = await Experiment.GetCurrentAsync();
            if (_persisted.Pending.FirstOrDefault(pending => pending.Turn == turn) is not { } contribution)
            {
                return true;
            }

            if (current.Lifecycle.HasEnded())
            {
                return await IsFoldedAsync(turn);
            }

            if (Turns.IsTooOld(contribution, current.Round, maximum))
            {
                if (await IsFoldedAsync(turn))
                {
                    return true;
                }

                await DropAsync([turn], cancellationToken);
                return false;
            }

            if (await GrainFactory.GetVersion(new RoundId(Id.Experiment, current.Round)).ContributedAsync(new(Id.Name, turn)))
            {
                return true;
            }

            if (clock.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Version {current.Round} is being aggregated; turn {turn} of {Id.Name} is kept for the next.");
            }

            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    // By the version that closed last, which may not have told it yet.
    private async Task<bool> IsFoldedAsync(int turn) =>
        (await Experiment.GetStateAsync()).LastResult?.Contributions.Contains(new(Id.Name, turn)) ?? false;

    // Null when it cannot be asked; that is the end of the experiment.
    private async Task<RoundAssignment?> AssignAsync(
        ExperimentPlan plan, CurrentRound current, IReadOnlyList<CollaboratorName> members, CancellationToken cancellationToken)
    {
        try
        {
            return assignments.Of(Id.Experiment, plan.Assigner, current.Round, members);
        }
        catch (AssignmentException problem)
        {
            await Experiment.FailAsync(problem.Message, cancellationToken);
            return null;
        }
    }

    private async Task<ExperimentPlan> PlanAsync() => _plan ??= (await Experiment.GetDefinitionAsync())?.Plan
        ?? throw new FederationException($"The experiment {Id.Experiment} does not exist (yet). Ask again when it is created.");

    private async Task ChangeAsync(Func<ContributorState, ContributorState> change, CancellationToken cancellationToken)
    {
        await _writes.WaitAsync(cancellationToken);
        try
        {
            if (change(_persisted) is var next && next != _persisted)
            {
                await storage.SaveAsync(this, next, cancellationToken);
            }
        }
        finally
        {
            _persisted = storage.State; // Of a write whose answer was lost, too.
            _writes.Release();
        }
    }

    private void DeleteSpent()
    {
        foreach (var turn in Turns.Spent(_persisted))
        {
            store.DeleteScope(TensorScope.Turn(Id, turn));
        }
    }
}
