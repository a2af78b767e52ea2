using System.Buffers;

using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Aggregation;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Stragglers;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;

namespace Actors.Grains.Asynchronous;

/// <summary>
/// Makes the next version of a model: x + Σ wᵢ · s(τᵢ) · (yᵢ − xᵢ), where contribution i came to yᵢ from the version xᵢ, wᵢ is its
/// share of the samples and s(τᵢ) the weight of its staleness (FedBuff, Nguyen et al., 2022, Algorithm 1, with the server's
/// learning rate 1). In float64 and in the contributions' order, so the same contributions give the same bytes.
/// </summary>
internal sealed class VersionAggregation(ITensorStore store)
{
    private const int BlockElements = 1 << 16;

    /// <summary>What the plan's tasks came to. Runs on the calling thread; running it again is harmless.</summary>
    /// <param name="version">The version that closes.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="model">That version's model.</param>
    /// <param name="contributions">What it folds in, by collaborator and turn.</param>
    /// <exception cref="TensorStoreException">Bytes cannot be read or the model not written.</exception>
    public IReadOnlyList<TaskOutcome> Run(
        RoundId version, ExperimentPlan plan, TensorBundle model, IReadOnlyList<(CollaboratorName Collaborator, Contribution Contribution)> contributions) =>
        [.. plan.Tasks
            .Select(task => (
                task.Name,
                Results: contributions
                    .Select(found => (found.Collaborator, found.Contribution, Report: found.Contribution.Reports.FirstOrDefault(report => report.Task == task.Name)))
                    .Where(found => found.Report is not null)
                    .Select(found => new Result(found.Collaborator, found.Contribution, found.Report!))
                    .ToList()))
            .Where(task => task.Results.Count > 0)
            .Select(task => Outcome(version, plan, task.Name, model, task.Results))];

    private TaskOutcome Outcome(RoundId version, ExperimentPlan plan, string task, TensorBundle model, IReadOnlyList<Result> results)
    {
        var updates = results.Where(result => result.Update is not null).ToList();
        return new(
            task,
            results.Count,
            results.Sum(result => result.Report.SampleCount),
            MetricAggregation.Average([.. results.Select(result => result.Report)]),
            updates.Count > 0 ? [Fold(version, plan, task, model, updates)] : []);
    }

    private TensorBundle Fold(RoundId version, ExperimentPlan plan, string task, TensorBundle model, IReadOnlyList<Result> updates)
    {
        var experiment = version.Experiment;
        var manifest = store.FindManifest(experiment, model.ManifestHash)
            ?? throw new TensorStoreException($"The layout {model.ManifestHash} of version {version.Number} is gone from the tensor store. Restore it from a backup.");
        var samples = updates.Sum(update => (double)update.Report.SampleCount);
        var models = TensorScope.Models(experiment);
        var readers = new List<ITensorReader>();
        try
        {
            var current = Open(models, model.Digest, readers);
            var folds = updates
                .Select(update => new Part(
                    Open(TensorScope.Turn(new(experiment, update.Collaborator), update.Contribution.Turn), update.Update!.Digest, readers),
                    Open(models, update.Contribution.StartedFrom.Digest, readers),
                    update.Report.SampleCount / samples * BufferedAsync.Weight(plan.Stragglers, version.Number - update.Contribution.Version)))
                .ToList();
            using var stage = store.CreateStage(models, $"{task}.{BundleKinds.Model}");
            Write(manifest, current, folds, stage);
            return new(BundleKinds.Model, stage.Commit(), manifest.Hash, manifest.ByteLength);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private ITensorReader Open(TensorScope scope, TensorDigest digest, List<ITensorReader> opened)
    {
        var reader = store.TryOpen(scope, digest)
            ?? throw new TensorStoreException($"The tensors {digest} of {scope} are gone from the tensor store. Restore them from a backup.");
        opened.Add(reader);
        return reader;
    }

    private static void Write(ModelManifest manifest, ITensorReader current, IReadOnlyList<Part> folds, ITensorStage output)
    {
        var (sum, values) = (ArrayPool<double>.Shared.Rent(BlockElements), ArrayPool<double>.Shared.Rent(BlockElements));
        var bytes = ArrayPool<byte>.Shared.Rent(BlockElements * sizeof(double));
        try
        {
            foreach (var run in ElementRun.Of(manifest))
            {
                for (var first = 0L; first < run.Elements; first += BlockElements)
                {
                    var elements = (int)Math.Min(BlockElements, run.Elements - first);
                    var raw = bytes.AsSpan(0, elements * run.Type.SizeInBytes());
                    var offset = run.Offset + (first * run.Type.SizeInBytes());
                    var total = sum.AsSpan(0, elements);
                    var operand = values.AsSpan(0, elements);
                    Read(current, run.Type, offset, raw, total);
                    foreach (var fold in folds)
                    {
                        Read(fold.Update, run.Type, offset, raw, operand);
                        Add(total, operand, fold.Weight);
                        Read(fold.StartedFrom, run.Type, offset, raw, operand);
                        Add(total, operand, -fold.Weight);
                    }

                    ElementBlocks.FromDouble(run.Type, total, raw);
                    run.ClearPadding(offset, raw);
                    output.Append(raw);
                    FaultPoints.Reach(FaultPoint.BlockAggregated);
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sum);
            ArrayPool<double>.Shared.Return(values);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void Read(ITensorReader reader, ElementType type, long offset, Span<byte> raw, Span<double> values)
    {
        reader.Read(offset, raw);
        ElementBlocks.ToDouble(type, raw, values);
    }

    private static void Add(Span<double> total, ReadOnlySpan<double> values, double weight)
    {
        for (var i = 0; i < total.Length; i++)
        {
            total[i] += weight * values[i];
        }
    }

    private sealed record Result(CollaboratorName Collaborator, Contribution Contribution, TaskReport Report)
    {
        public TensorBundle? Update => Report.Bundles.Find(BundleKinds.Model);
    }

    private sealed record Part(ITensorReader Update, ITensorReader StartedFrom, double Weight);
}
