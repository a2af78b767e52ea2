using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Contracts.Models;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;

namespace Actors.Silo.Records;

/// <summary>Writes the newest and the best model, the newest's server optimizer beside it, and a line of metrics for every closed round.</summary>
internal sealed class ExperimentFiles(ITensorStore store, ExperimentFilePaths paths, IProgress<RoundResult>? rounds = null) : IExperimentRecord
{
    // What this process wrote last: a file is written again after a restart, and after that only when its model has changed.
    private TensorBundle? _last;
    private TensorBundle? _best;
    private readonly Dictionary<string, TensorBundle> _states = [];
    private TensorBoardFile? _events;
    private int _told = -1;

    /// <inheritdoc/>
    public async Task WriteAsync(ExperimentId experiment, ExperimentState state, CancellationToken cancellationToken)
    {
        if (state.LastResult is not { } result)
        {
            return;
        }

        await Task.Run(
            () =>
            {
                MetricsLog.Append(paths.Metrics, result);
                WriteEvents(result);
                if (paths.LastModel is { } lastModel)
                {
                    WriteLast(experiment, state, lastModel);
                }

                if (paths.BestModel is { } bestModel && state.Best is { } best)
                {
                    WriteModel(experiment, best.Model, best.Round, bestModel, ref _best);
                }
            },
            cancellationToken);
        if (result.Number > _told)
        {
            _told = result.Number;
            rounds?.Report(result);
        }
    }

    private void WriteLast(ExperimentId experiment, ExperimentState state, string path)
    {
        WriteModel(experiment, state.Current.Find(BundleKinds.Model)!, state.Round, path, ref _last);
        foreach (var bundle in state.Current.Where(bundle => BundleKinds.IsServerState(bundle.Kind)))
        {
            var written = _states.GetValueOrDefault(bundle.Kind);
            WriteModel(experiment, bundle, state.Round, ExperimentFilePaths.StateBeside(path, bundle.Kind), ref written);
            _states[bundle.Kind] = bundle;
        }
    }

    private void WriteEvents(RoundResult result)
    {
        if (paths.Events is { } path && (_events ??= new(path)).LastStep < result.Number)
        {
            _events.Append(
                result.Number,
                result.ClosedAt,
                result.Outcomes.SelectMany(outcome => outcome.Metrics.Select(metric => ($"{outcome.Task}/{metric.Name}", metric.Value))));
        }
    }

    private void WriteModel(ExperimentId experiment, TensorBundle model, int round, string path, ref TensorBundle? written)
    {
        if (model == written)
        {
            return;
        }

        var manifest = store.FindManifest(experiment, model.ManifestHash);
        using var reader = store.TryOpen(TensorScope.Models(experiment), model.Digest);
        if (manifest is null || reader is null)
        {
            throw new TensorStoreException($"The model of round {round}, {model.Digest}, is gone from the tensor store; {path} cannot be written.");
        }

        ModelFile.Write(path, new StoredTensorBytes(reader, manifest), round);
        written = model;
    }
}
