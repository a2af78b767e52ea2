using System.Collections.Concurrent;

using Actors.Contracts.Identity;
using Actors.Grains;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Tensors;
using Actors.Silo.Records;

namespace Actors.Silo.Federations;

/// <summary>Writes what each experiment comes to into the folder of its submission.</summary>
internal sealed class FederationRecord(IGrainFactory grains, FederationServerOptions options, ITensorStore store) : IExperimentRecord
{
    private readonly ConcurrentDictionary<ExperimentId, ExperimentFiles> _files = [];

    /// <inheritdoc/>
    public async Task WriteAsync(ExperimentId experiment, ExperimentState state, CancellationToken cancellationToken)
    {
        if (!_files.TryGetValue(experiment, out var files))
        {
            var report = await grains.GetQueue(options.Federation).GetReportAsync();
            var queued = report.Experiments.FirstOrDefault(queued => queued.IdIn(options.Federation) == experiment)
                ?? throw new FederationException($"The experiment {experiment} is not in the queue of {options.Federation}: it was removed, and has no folder.");
            files = _files.GetOrAdd(experiment, new ExperimentFiles(store, new SubmissionFolder(options.ExperimentsFolder, queued.Submission).Results));
        }

        await files.WriteAsync(experiment, state, cancellationToken);
        if (state.Lifecycle.HasEnded())
        {
            _files.TryRemove(experiment, out _);
        }
    }
}
