using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>Aggregates updates of one kind and puts what they come to into the store. Running it again is harmless.</summary>
internal sealed class StoredAggregation(ITensorStore store, AggregationRules rules)
{
    /// <summary>Aggregates what controls the collaborators' steps.</summary>
    public ControlAggregation Controls { get; } = new(store, rules);

    /// <summary>Runs on the calling thread and helpers of its own.</summary>
    /// <param name="task">The task that the updates are of.</param>
    /// <param name="choice">The rule and its settings.</param>
    /// <param name="kind">What the tensors are.</param>
    /// <param name="layout">The hash of the updates' layout.</param>
    /// <param name="updates">The updates, in the order of the collaborators' names; at least one.</param>
    /// <param name="current">What the round starts from.</param>
    /// <param name="publishing">How a model's change is encoded for those who hold the current one; null when models are published whole.</param>
    /// <returns>The aggregate, after it the next states of a server optimizer; and what was seen of each update.</returns>
    /// <exception cref="TensorStoreException">Bytes cannot be read or not written.</exception>
    public (IReadOnlyList<TensorBundle> Bundles, IReadOnlyList<UpdateMeasure> Measures) Run(
        TaskId task, PolicyChoice choice, string kind, TensorDigest layout, IReadOnlyList<UpdateSource> updates, IReadOnlyList<TensorBundle> current,
        CompressionPipeline? publishing = null)
    {
        var experiment = task.Round.Experiment;
        var manifest = store.GetManifest(experiment, layout);

        // Optimizer states are averaged as they are: theirs before the round may have another layout.
        var model = kind == BundleKinds.Model ? current.Find(kind) : null;
        var rule = rules.Find(choice.Name);
        var states = rule is ServerRule server && model is not null ? OpenStates(task, server, current) : [];
        try
        {
            using var files = new UpdateFiles(updates, model is null ? null : () => Open(TensorScope.Models(experiment), model.Digest));
            using var stage = CreateStage(task, kind);
            var measures = new BundleAggregation(rule, choice, manifest, files).Run(stage, [.. states.Select(state => state.File)]);
            var aggregate = Bundle(kind, stage, manifest);
            return (
                [
                    .. publishing is null || model is null
                        ? [aggregate]
                        : new EncodedPublication(store, publishing).Publish(task, manifest, aggregate, current),
                    .. states.Select(state => Bundle(state.Kind, state.File.After, manifest)),
                ],
                measures);
        }
        finally
        {
            states.ForEach(state => state.File.Dispose());
        }
    }

    /// <summary>Opens bytes that must be there.</summary>
    /// <exception cref="TensorStoreException">They are not, or cannot be read.</exception>
    public ITensorReader Open(TensorScope scope, TensorDigest digest) => store.Open(scope, digest);

    /// <summary>Opens an update that must be there; an encoded one is read as the tensors it stands for.</summary>
    /// <exception cref="TensorStoreException">It is not, or cannot be read.</exception>
    public ITensorReader Open(TensorScope scope, TensorBundle update) =>
        store.Open(scope, update, store.GetManifest(scope.Experiment, update.ManifestHash));

    private List<(string Kind, ServerStateFile File)> OpenStates(TaskId task, ServerRule rule, IReadOnlyList<TensorBundle> current) =>
        [.. rule.States.Select(name => BundleKinds.ServerState(task.Task, name)).Select(kind => (
            kind,
            new ServerStateFile(
                current.Find(kind) is { } before ? Open(TensorScope.Models(task.Round.Experiment), before.Digest) : null,
                CreateStage(task, kind))))];

    private ITensorStage CreateStage(TaskId task, string kind) =>
        store.CreateStage(TensorScope.Models(task.Round.Experiment), $"{task.Task}.{kind}");

    private static TensorBundle Bundle(string kind, ITensorStage stage, ModelManifest manifest) =>
        new(kind, stage.Commit(), manifest.Hash, manifest.ByteLength);
}
