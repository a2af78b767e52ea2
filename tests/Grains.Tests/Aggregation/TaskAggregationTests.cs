using System.Runtime.InteropServices;

using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation.Tests;

public sealed class TaskAggregationTests : IDisposable
{
    private static readonly TaskId Train = new(new(new(new FederationId("f"), "e"), 3), "train");
    private static readonly PolicyChoice Rule = PolicyChoice.Named("weighted_average");
    private static readonly ModelManifest Two = new([new("w", ElementType.Float32, new TensorShape(2))]);
    private static readonly ModelManifest Four = new([new("w", ElementType.Float32, new TensorShape(4))]);

    private readonly string _folder = Directory.CreateTempSubdirectory("actors-aggregation-").FullName;
    private readonly FileTensorStore _store;

    public TaskAggregationTests() => _store = new(_folder, Durability.ProcessCrash);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_AveragesMetricsAndTensorsAndPublishesThem()
    {
        var outcome = Run(Report(1, Put(Two, 1)), Report(3, Put(Two, 5)));

        Assert.Equal(("train", 2, 4L), (outcome.Task, outcome.Collaborators, outcome.SampleCount));
        Assert.Equal([4f, 4f], Read(outcome.Bundles.Single()));
    }

    [Fact]
    public void Run_Again_GivesTheSameBundles()
    {
        TaskReport[] reports = [Report(1, Put(Two, 1)), Report(3, Put(Two, 5))];
        Assert.Equal(Run(reports).Bundles, Run(reports).Bundles);
    }

    [Fact]
    public void Run_WithTheSameUpdateTwice_CountsBoth() =>
        Assert.Equal([2f, 2f], Read(Run(Report(1, Put(Two, 1)), Report(1, Put(Two, 1)), Report(1, Put(Two, 4))).Bundles.Single()));

    [Fact]
    public void Run_OverOptimizersOfDifferentForm_AveragesThoseWithMoreSamplesBehindThem()
    {
        var outcome = Run(
            Report(2, Put(Two, 1, BundleKinds.Optimizer)), Report(2, Put(Two, 3, BundleKinds.Optimizer)), Report(3, Put(Four, 9, BundleKinds.Optimizer)));

        Assert.Equal([2f, 2f], Read(outcome.Bundles.Single()));
    }

    [Fact]
    public void Run_WithoutTensors_HasOnlyMetrics() => Assert.Empty(Run(Report(1), Report(2)).Bundles);

    // A trained update that has samples and no tensors: the original counts it as done and says nothing.
    [Fact]
    public void Run_WithAResultThatBringsNoModel_LeavesItOutAndSaysWhose()
    {
        var outcome = Run(Report(1, Put(Two, 1)), Report(1_000), Report(3, Put(Two, 5)));

        Assert.Equal([4f, 4f], Read(outcome.Bundles.Single()));
        Assert.Equal(
            ["c001 reported train without a model, which others brought; its metrics count, its samples move nothing."], outcome.Warnings);
    }

    [Fact]
    public void Run_WhereNobodyBringsAModel_IsAValidation() => Assert.Empty(Run(Report(1), Report(2)).Warnings);

    [Fact]
    public void Run_WithAnUpdateGone_NamesIt()
    {
        var bundle = Put(Two, 1);
        _store.Delete(TensorScope.Updates(Train.Round), bundle.Digest);

        var problem = Assert.Throws<TensorStoreException>(() => Run(Report(1, bundle)));

        Assert.Equal($"The tensors {bundle.Digest} of f/e/round-3 are gone from the tensor store. Restore them from a backup.", problem.Message);
    }

    private Tasks.TaskOutcome Run(params TaskReport[] reports) => Run(Rule, [], reports);

    private Tasks.TaskOutcome Run(PolicyChoice rule, IReadOnlyList<TensorBundle> current, params TaskReport[] reports) =>
        new TaskAggregation(new(_store, AggregationRules.BuiltIn)).Run(Train, rule, current, [.. Given.Names(reports.Length).Zip(reports)]);

    private static TaskReport Report(long samples, params TensorBundle[] bundles) => new("train", samples, [new("loss", 1)], bundles);

    private TensorBundle Put(ModelManifest manifest, float value, string kind = BundleKinds.Model)
    {
        _store.PutManifest(Train.Round.Experiment, manifest);
        var bytes = MemoryMarshal.AsBytes(Enumerable.Repeat(value, (int)manifest.ParameterCount).ToArray().AsSpan());
        using var stage = _store.OpenStage(TensorScope.Updates(Train.Round), "ann", TensorDigester.Of(bytes));
        if (stage.Length == 0)
        {
            stage.Append(bytes);
        }

        return new(kind, stage.Commit(), manifest.Hash, manifest.ByteLength);
    }

    private float[] Read(TensorBundle bundle)
    {
        using var reader = _store.TryOpen(TensorScope.Models(Train.Round.Experiment), bundle.Digest)!;
        var bytes = new byte[reader.Length];
        reader.Read(0, bytes);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }
}
