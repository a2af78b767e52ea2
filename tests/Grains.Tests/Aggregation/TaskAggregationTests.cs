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

    // Two of four members take part twice: c = (1 + 3) / 4, then the second one's 3 becomes 7. x moves by the mean change, whatever the samples.
    [Fact]
    public void Run_Scaffold_TwoRounds()
    {
        var names = Given.Names(4);
        var start = Put(Two, 0) with { Digest = PutModel(0) };
        var first = RunControlled("scaffold", Train, [start], null, names, [(names[0], Changed(3, 2, 1)), (names[1], Changed(1, 4, 3))]);

        Assert.Equal([3f, 3f], Read(first.Bundles.Find(BundleKinds.Model)!));
        Assert.Equal([1f, 1f], Read(first.Bundles.Find(BundleKinds.Control)!));
        Assert.Equal([(names[0], 3), (names[1], 3)], first.Controls!.Rounds.Select(entry => (entry.Key, entry.Value)));

        var next = new TaskId(new(Train.Round.Experiment, 4), "train");
        var second = RunControlled("scaffold", next, first.Bundles, first.Controls, names, [(names[1], Changed(1, 3, 4, 3, next.Round))]);

        Assert.Equal([2f, 2f], Read(second.Bundles.Find(BundleKinds.Control)!));
        Assert.Equal([(names[0], 3), (names[1], 4)], second.Controls!.Rounds.Select(entry => (entry.Key, entry.Value)));
    }

    // A change that is cut, however its weights look, is not in c: its collaborator keeps what it had.
    [Fact]
    public void Run_ScaffoldWithAnAbsurdControlVariate_LeavesThatOut()
    {
        var names = Given.Names(3);
        var outcome = RunControlled(
            "scaffold", Train, [], null, names, [(names[0], Changed(1, 1, 1)), (names[1], Changed(1, 1, 2)), (names[2], Changed(1, 1, 1e6f))]);

        Assert.Equal([1f, 1f], Read(outcome.Bundles.Find(BundleKinds.Control)!));
        Assert.Equal([names[0], names[1]], outcome.Controls!.Rounds.Keys);
    }

    // c could not be told from what nobody answers for any more.
    [Fact]
    public void Run_ScaffoldWhereOneLostItsControlVariate_BeginsAgain()
    {
        var names = Given.Names(2);
        var first = RunControlled("scaffold", Train, [], null, names, [(names[0], Changed(1, 1, 1)), (names[1], Changed(1, 1, 3))]);
        var second = RunControlled(
            "scaffold", Train, first.Bundles, first.Controls, names, [(names[0], Changed(1, 1, 1, basis: 3)), (names[1], Changed(1, 1, 3))]);

        Assert.Equal([0f, 0f], Read(second.Bundles.Find(BundleKinds.Control)!));
        Assert.Empty(second.Controls!.Rounds);
        Assert.Equal(["c001 no longer has the control variate that train counts on; those of all begin again from zero."], second.Warnings);
    }

    [Theory]
    [InlineData("c000", "c001", "c002")]
    [InlineData("c000", "c002")]
    public void Run_ScaffoldWithOtherMembers_BeginsAgain(params string[] members)
    {
        var names = Given.Names(2);
        var first = RunControlled("scaffold", Train, [], null, names, [(names[0], Changed(1, 1, 1)), (names[1], Changed(1, 1, 3))]);
        var second = RunControlled(
            "scaffold", Train, first.Bundles, first.Controls, [.. members.Select(Given.Name)], [(names[0], Changed(1, 1, 1, basis: 3))]);

        Assert.Equal([0f, 0f], Read(second.Bundles.Find(BundleKinds.Control)!));
        Assert.Equal((members.Length, 0), (second.Controls!.Members, second.Controls.Rounds.Count));
        Assert.Empty(second.Warnings);
    }

    // u and v of the round's collaborators, summed; who is not in a round is not in its sums. The model is weighted by samples.
    [Fact]
    public void Run_FedCurv_TwoRounds()
    {
        var names = Given.Names(2);
        var first = RunControlled("fed_curv", Train, [], null, names, [(names[0], Curved(3, 2, 1, 2)), (names[1], Curved(1, 6, 3, 18))]);

        Assert.Equal([3f, 3f], Read(first.Bundles.Find(BundleKinds.Model)!));
        Assert.Equal([4f, 4f, 20f, 20f], Read(first.Bundles.Find(BundleKinds.Control)!));
        Assert.Equal([(names[0], 3), (names[1], 3)], first.Controls!.Rounds.Select(entry => (entry.Key, entry.Value)));

        var next = new TaskId(new(Train.Round.Experiment, 4), "train");
        var second = RunControlled("fed_curv", next, first.Bundles, first.Controls, names, [(names[1], Curved(1, 6, 5, 30, next.Round))]);

        Assert.Equal([5f, 5f, 30f, 30f], Read(second.Bundles.Find(BundleKinds.Control)!));
        Assert.Equal([(names[1], 4)], second.Controls!.Rounds.Select(entry => (entry.Key, entry.Value)));
    }

    // Nine times the typical one is a site that differs; eleven times is left out, and its collaborator hears that none of its own is in.
    [Fact]
    public void Run_FedCurvWithAnAbsurdFisherInformation_LeavesThatOut()
    {
        var names = Given.Names(4);
        var outcome = RunControlled(
            "fed_curv", Train, [], null, names,
            [(names[0], Curved(1, 1, 1, 1)), (names[1], Curved(1, 1, 1, 1)), (names[2], Curved(1, 1, 9, 9)), (names[3], Curved(1, 1, 11, 11))]);

        Assert.Equal([11f, 11f, 11f, 11f], Read(outcome.Bundles.Find(BundleKinds.Control)!));
        Assert.Equal(names.Take(3), outcome.Controls!.Rounds.Keys.Order());
    }

    // Whoever joins or leaves: the sums are made anew in any case.
    [Fact]
    public void Run_FedCurvWithOtherMembers_GoesOn()
    {
        var names = Given.Names(3);
        var first = RunControlled("fed_curv", Train, [], null, [names[0], names[1]], [(names[0], Curved(1, 1, 1, 1)), (names[1], Curved(1, 1, 3, 3))]);
        var second = RunControlled("fed_curv", Train, first.Bundles, first.Controls, names, [(names[2], Curved(1, 1, 2, 2))]);

        Assert.Equal([2f, 2f, 2f, 2f], Read(second.Bundles.Find(BundleKinds.Control)!));
        Assert.Empty(second.Warnings);
    }

    [Fact]
    public void Run_FedCurvWithAControlOfAnotherLayout_DoesNotReadIt() =>
        Assert.Equal([BundleKinds.Model], RunControlled("fed_curv", Train, [], null, Given.Names(1), [(Given.Name("c000"), Changed(1, 1, 1))]).Bundles.Select(bundle => bundle.Kind));

    [Fact]
    public void Run_AnotherRule_TakesNoControlVariate() =>
        Assert.Equal([BundleKinds.Model], Run(Changed(1, 1, 1)).Bundles.Select(bundle => bundle.Kind));

    private TaskReport Changed(long samples, float model, float control, int? basis = null, RoundId? round = null) =>
        Report(samples, Put(Two, model, BundleKinds.Model, round), Put(Two, control, BundleKinds.Control, round)) with { ControlRound = basis };

    private TaskReport Curved(long samples, float model, float u, float v, RoundId? round = null) => Report(
        samples,
        Put(Two, model, BundleKinds.Model, round),
        Put(CurvatureLayout.Of(Two), [u, u, v, v], BundleKinds.Control, round));

    private Tasks.TaskOutcome RunControlled(
        string rule,
        TaskId task,
        IReadOnlyList<TensorBundle> current,
        ControlLedger? ledger,
        IReadOnlyList<CollaboratorName> members,
        IReadOnlyList<(CollaboratorName Collaborator, TaskReport Report)> results) =>
        new TaskAggregation(new(_store, AggregationRules.BuiltIn)).Run(
            task, PolicyChoice.Named(rule), current, results, null, new(ledger, members));

    private TensorDigest PutModel(float value)
    {
        using var stage = ((ITensorStore)_store).CreateStage(TensorScope.Models(Train.Round.Experiment), "initial");
        stage.Append(MemoryMarshal.AsBytes(new[] { value, value }.AsSpan()));
        return stage.Commit();
    }

    private Tasks.TaskOutcome Run(params TaskReport[] reports) => Run(Rule, [], reports);

    private Tasks.TaskOutcome Run(PolicyChoice rule, IReadOnlyList<TensorBundle> current, params TaskReport[] reports) =>
        new TaskAggregation(new(_store, AggregationRules.BuiltIn)).Run(Train, rule, current, [.. Given.Names(reports.Length).Zip(reports)]);

    private static TaskReport Report(long samples, params TensorBundle[] bundles) => new("train", samples, [new("loss", 1)], bundles);

    private TensorBundle Put(ModelManifest manifest, float value, string kind = BundleKinds.Model, RoundId? round = null) =>
        Put(manifest, [.. Enumerable.Repeat(value, (int)manifest.ParameterCount)], kind, round);

    private TensorBundle Put(ModelManifest manifest, float[] values, string kind, RoundId? round)
    {
        _store.PutManifest(Train.Round.Experiment, manifest);
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        using var stage = _store.OpenStage(TensorScope.Updates(round ?? Train.Round), "ann", TensorDigester.Of(bytes));
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
