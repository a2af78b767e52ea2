using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;

using Google.Protobuf.WellKnownTypes;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Operations;

/// <summary>Gathers from the grains where everything stands. Asks only what they answer at any time, so it never waits for a round's work.</summary>
internal sealed class StatusReader(IGrainFactory grains)
{
    /// <summary>A lifecycle's name on the wire.</summary>
    public static string Name(Lifecycle lifecycle) => lifecycle.ToString().ToLowerInvariant();

    /// <summary>Reads it all.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="collaborators">Who takes part in it; those who are named are described.</param>
    public async Task<Wire.ExperimentStatus> ReadAsync(ExperimentId experiment, IReadOnlyList<CollaboratorName> collaborators)
    {
        var state = await grains.GetExperiment(experiment).GetStateAsync();
        var plan = state.Definition?.Plan;
        var round = state.Lifecycle.HasEnded() || plan is null
            ? RoundStatus.None
            : await RoundAsync(new RoundId(experiment, state.Round), plan);
        var status = new Wire.ExperimentStatus
        {
            Experiment = experiment.ToString(),
            Lifecycle = Name(state.Lifecycle),
            Reason = state.Reason,
            Round = state.Round,
            Rounds = plan?.Rounds ?? 0,
            Running = round.Phase == RoundPhase.None ? null : Running(round),
            Best = state.Best is { } best && plan is not null ? Best(best, plan.Best) : null,
        };
        status.LastMetrics.AddRange((state.LastResult?.Outcomes ?? []).SelectMany(outcome =>
            outcome.Metrics.Select(metric => new Wire.TaskMetric { Task = outcome.Task, Name = metric.Name, Value = metric.Value })));
        status.Alarms.AddRange((state.LastResult?.Outcomes ?? []).SelectMany(outcome =>
            outcome.Warnings.Select(alarm => $"round {state.LastResult!.Number}, {outcome.Task}: {alarm}")));
        status.Collaborators.AddRange(await CollaboratorsAsync(experiment.Federation, collaborators, [.. round.Outstanding]));
        return status;
    }

    private Task<RoundStatus> RoundAsync(RoundId id, ExperimentPlan plan) =>
        plan.IsAsynchronous ? grains.GetVersion(id).GetStatusAsync() : grains.GetRound(id).GetStatusAsync();

    private static Wire.RunningRound Running(RoundStatus round) => new()
    {
        OpenedAt = round.OpenedAt.ToTimestamp(),
        Assigned = round.Assigned,
        Complete = round.Complete,
        Needed = round.Needed,
        Attempt = round.Attempt,
        Closing = round.Phase == RoundPhase.Closing,
        Deadline = round.Deadline?.ToTimestamp(),
    };

    private static Wire.BestScore Best(BestModel best, BestCriterion criterion) =>
        new() { Round = best.Round, Score = best.Score, Task = criterion.Task, Metric = criterion.Metric };

    private Task<Wire.CollaboratorStatus[]> CollaboratorsAsync(
        FederationId federation, IReadOnlyList<CollaboratorName> names, HashSet<CollaboratorName> outstanding) => Task.WhenAll(
        names.Order().Select(async name => Describe(
            name,
            await grains.GetCollaborator(new CollaboratorId(federation, name)).GetPresenceAsync(),
            outstanding.Contains(name))));

    private static Wire.CollaboratorStatus Describe(CollaboratorName name, Presence presence, bool outstanding) => new()
    {
        Name = name.Value,
        Presence = presence.IsPresent ? Wire.CollaboratorStatus.Types.Presence.Here
            : presence.IsLost ? Wire.CollaboratorStatus.Types.Presence.Gone
            : Wire.CollaboratorStatus.Types.Presence.Expected,
        LastSeen = presence.LastSeen?.ToTimestamp(),
        Losses = presence.Losses,
        Flapping = presence.IsFlapping,
        Outstanding = outstanding,
    };
}
