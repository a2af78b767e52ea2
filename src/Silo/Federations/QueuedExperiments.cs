using System.Collections.Concurrent;

using Actors.Contracts.Identity;
using Actors.Grains.Hosting;
using Actors.Grains.Queue;
using Actors.Silo.Gateway;

using Grpc.Core;

namespace Actors.Silo.Federations;

/// <summary>The experiments that the queue has started.</summary>
internal sealed class QueuedExperiments(IGrainFactory grains, FederationServerOptions options) : IServedExperiments
{
    // So many may be at hand at once; what is over makes way.
    private const int MostKnown = 256;

    // Who takes part and what was agreed never changes.
    private readonly ConcurrentDictionary<ExperimentId, (ServedExperiment Experiment, IReadOnlyList<CollaboratorName> Participants)> _known = [];

    /// <inheritdoc/>
    public string Described => $"the federation '{options.Federation}' runs those that its operators submit";

    /// <inheritdoc/>
    public async ValueTask<ServedExperiment?> FindAsync(string id, CollaboratorName caller)
    {
        if (id.Length == 0)
        {
            return null;
        }

        var wanted = ExperimentId.Parse(id);
        if (!_known.TryGetValue(wanted, out var known))
        {
            var report = await grains.GetQueue(options.Federation).GetReportAsync();
            var queued = report.Experiments.FirstOrDefault(experiment =>
                experiment.Phase != QueuePhase.Waiting && experiment.IdIn(options.Federation) == wanted);
            if (queued is null || !queued.Participants.Contains(caller))
            {
                return null;
            }

            if (await grains.GetExperiment(wanted).GetDefinitionAsync() is not { } definition)
            {
                // A host may be quicker than the queue, which says first that it starts.
                return queued.Phase == QueuePhase.Started
                    ? throw new RpcException(new(StatusCode.Unavailable, $"The experiment '{id}' is being started; try again."))
                    : null;
            }

            if (_known.Count >= MostKnown)
            {
                _known.Clear();
            }

            known = (new(wanted, definition), queued.Participants);
            _known[wanted] = known;
        }

        return known.Participants.Contains(caller) ? known.Experiment : null;
    }

    /// <summary>Forgets an experiment that is removed.</summary>
    public void Forget(ExperimentId id) => _known.TryRemove(id, out _);
}
