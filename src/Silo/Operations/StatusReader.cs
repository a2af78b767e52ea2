using Actors.Contracts.Identity;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;

using Google.Protobuf.WellKnownTypes;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Operations;

/// <summary>Gathers from the grains where everything stands. Asks only what they answer at any time, so it never waits for a round's work.</summary>
internal sealed class StatusReader(IGrainFactory grains, AggregatorOptions options)
{
    /// <summary>A lifecycle's name on the wire.</summary>
    public static string Name(Lifecycle lifecycle) => lifecycle.ToString().ToLowerInvariant();

    /// <summary>Reads it all.</summary>
    public async Task<Wire.ExperimentStatus> ReadAsync()
    {
        var state = await grains.GetExperiment(options.Experiment).GetStateAsync();
        var round = state.Lifecycle.HasEnded()
            ? RoundStatus.None
            : await RoundAsync(new RoundId(options.Experiment, state.Round));
        var status = new Wire.ExperimentStatus
        {
            Experiment = options.Experiment.ToString(),
            Lifecycle = Name(state.Lifecycle),
            Reason = state.Reason,
            Round = state.Round,
            Rounds = options.Definition.Plan.Rounds,
            Running = round.Phase == RoundPhase.None ? null : Running(round),
            Best = state.Best is { } best ? Best(best) : null,
        };
        status.LastMetrics.AddRange((state.LastResult?.Outcomes ?? []).SelectMany(outcome =>
            outcome.Metrics.Select(metric => new Wire.TaskMetric { Task = outcome.Task, Name = metric.Name, Value = metric.Value })));
        status.Alarms.AddRange((state.LastResult?.Outcomes ?? []).SelectMany(outcome =>
            outcome.Warnings.Select(alarm => $"round {state.LastResult!.Number}, {outcome.Task}: {alarm}")));
        status.Collaborators.AddRange(await CollaboratorsAsync([.. round.Outstanding]));
        return status;
    }

    private Task<RoundStatus> RoundAsync(RoundId id) =>
        options.Definition.Plan.IsAsynchronous ? grains.GetVersion(id).GetStatusAsync() : grains.GetRound(id).GetStatusAsync();

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

    private Wire.BestScore Best(BestModel best)
    {
        var criterion = options.Definition.Plan.Best;
        return new() { Round = best.Round, Score = best.Score, Task = criterion.Task, Metric = criterion.Metric };
    }

    private Task<Wire.CollaboratorStatus[]> CollaboratorsAsync(HashSet<CollaboratorName> outstanding) => Task.WhenAll(
        options.Members.Order().Select(async name => Describe(
            name,
            await grains.GetCollaborator(new CollaboratorId(options.Experiment.Federation, name)).GetPresenceAsync(),
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
