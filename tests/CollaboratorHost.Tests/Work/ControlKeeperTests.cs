using System.Runtime.InteropServices;

using Actors.CollaboratorHost.Tensors;
using Actors.CollaboratorHost.Tensors.Tests;
using Actors.CollaboratorHost.Tests;
using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Learning;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work.Tests;

public sealed class ControlKeeperTests : IDisposable
{
    private static readonly ExperimentId Experiment = ExperimentId.Parse("hospitals/tumours");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeRunner _runner = new();
    private readonly LocalTensorStore _store;

    public ControlKeeperTests() => _store = new(Path.Combine(_folder.Path, "tensors"));

    private string[] Local { get; set; } = [];

    private StepControl Control { get; set; } = new StepControl.Variates();

    private CompressionPipeline Compression { get; set; } = CompressionPipeline.None;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task First_IsNotCorrected_AndReportsTheMeanGradient()
    {
        var (change, basis, correction) = await TrainAsync(0, gradient: 3);
        Assert.Equal((3f, null, 0f), (change, basis, correction));
    }

    // c = 5, cᵢ = 3: steps are corrected by 2; the new mean 4 is a change of 1.
    [Fact]
    public async Task AfterOneThatCounted_TheCorrectionIsTheDifference()
    {
        await TrainAsync(0, gradient: 3);
        var (change, basis, correction) = await TrainAsync(1, gradient: 4, counted: 0, control: 5);
        Assert.Equal((1f, 0, 2f), (change, basis, correction));
    }

    // Rounds 1 and 2 were handed in and closed without it.
    [Fact]
    public async Task AfterSomeThatDidNotCount_TheLastThatDidIsTheStart()
    {
        await TrainAsync(0, gradient: 3);
        await TrainAsync(1, gradient: 40, counted: 0, control: 5);
        await TrainAsync(2, gradient: 400, counted: 0, control: 5);
        var (change, basis, correction) = await TrainAsync(3, gradient: 4, counted: 0, control: 6);
        Assert.Equal((1f, 0, 3f), (change, basis, correction));
    }

    [Fact]
    public async Task Again_InTheSameRoundAndAnotherProcess_ComesToTheSame()
    {
        await TrainAsync(0, gradient: 3);
        var first = await TrainAsync(1, gradient: 4, counted: 0, control: 5);
        Assert.Equal(first, await TrainAsync(1, gradient: 4, counted: 0, control: 5));
    }

    [Fact]
    public async Task WhenAllBeganAgain_ItIsZeroHereToo()
    {
        await TrainAsync(0, gradient: 3);
        var (change, basis, correction) = await TrainAsync(1, gradient: 4, counted: null, control: 0);
        Assert.Equal((4f, null, 0f), (change, basis, correction));
        Assert.Single(Kept());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lost_OrDamaged_StartsFromZeroAndSaysSo(bool isDamaged)
    {
        await TrainAsync(0, gradient: 3);
        var path = Kept().Single();
        if (isDamaged)
        {
            File.WriteAllBytes(path, new byte[_runner.Model.ByteLength]);
        }
        else
        {
            File.Delete(path);
        }

        var (change, basis, correction) = await TrainAsync(1, gradient: 4, counted: 0, control: 5);
        Assert.Equal((4f, null, 5f), (change, basis, correction));
    }

    // What the aggregator reads is what is added here, whatever the encoding left out.
    [Fact]
    public async Task Encoded_KeepsWhatTheAggregatorReads()
    {
        Compression = new() { Values = ValueFormat.BFloat16 };
        var (first, _, _) = await TrainAsync(0, gradient: 1 + (1 / 512f));
        Assert.Equal(1, first, 0.01f);
        Assert.NotEqual(1 + (1 / 512f), first);

        var (_, _, correction) = await TrainAsync(1, gradient: 0, counted: 0, control: 5);
        Assert.Equal(5 - first, correction);
    }

    [Fact]
    public async Task ATensorThatStaysHere_HasNone()
    {
        Local = ["counter"];
        var (change, _, correction) = await TrainAsync(0, gradient: 3);
        Assert.Equal((0f, 0f), (change, correction));
    }

    [Fact]
    public async Task AnotherTask_TrainsWithoutACorrection()
    {
        var controls = NewControls(_runner);
        await controls.PutAsync("train", Input(0, null, null), CancellationToken.None);
        await controls.PutAsync("pretrain", Input(0, null, null), CancellationToken.None);
        Assert.Null(_runner.Control);
    }

    [Fact]
    public async Task ARunnerThatCannot_SaysWhatToDo()
    {
        using var plain = new PlainRunner();
        var problem = await Assert.ThrowsAsync<WorkFailedException>(
            () => NewControls(plain).PutAsync("train", Input(0, null, null), CancellationToken.None));
        Assert.Equal(
            "tasks.train.aggregation_type: PlainRunner does not correct its steps. "
            + "Choose another rule, or derive from TorchTaskRunner.", problem.Message);
    }

    // U = 7 and V = 20 have the own u = 3 and v = 3 · 2 in them.
    [Fact]
    public async Task Curvature_AfterOneThatCounted_IsThatOfTheOthers()
    {
        Control = Curvature;
        _runner.Counter = 2;
        var first = await TrainCurvatureAsync(0, fisher: 3);
        Assert.Equal(((3f, 6f), (0f, 0f), null), (first.Own, first.Others!.Value, first.Basis));
        var second = await TrainCurvatureAsync(1, fisher: 5, counted: 0, sums: (7, 20));
        Assert.Equal(((5f, 10f), (4f, 14f), null), (second.Own, second.Others!.Value, second.Basis));
    }

    // Round 1 was handed in and closed without it: what is in the sums then is the others' alone.
    [Fact]
    public async Task Curvature_AfterOneThatDidNotCount_IsAllOfTheSums()
    {
        Control = Curvature;
        await TrainCurvatureAsync(0, fisher: 3);
        await TrainCurvatureAsync(1, fisher: 5, counted: 0, sums: (7, 20));
        Assert.Equal((9f, 30f), (await TrainCurvatureAsync(2, fisher: 5, counted: null, sums: (9, 30))).Others);
    }

    // Nobody could take it out: better no penalty than one that holds a collaborator to where it was.
    [Fact]
    public async Task Curvature_WhoseOwnIsLost_ControlsNothingForARound()
    {
        Control = Curvature;
        await TrainCurvatureAsync(0, fisher: 3);
        File.Delete(Kept().Single());
        Assert.Null((await TrainCurvatureAsync(1, fisher: 5, counted: 0, sums: (7, 20))).Others);
    }

    // A layout that the aggregator has not sent goes with the report.
    [Fact]
    public async Task Curvature_SendsItsLayoutOnce()
    {
        Control = Curvature;
        Assert.Equal(CurvatureLayout.Of(_runner.Model).ToMessage(), (await TrainCurvatureAsync(0, fisher: 3)).Reported.Manifest);
        Assert.Null((await TrainCurvatureAsync(1, fisher: 3, counted: 0, sums: (7, 20))).Reported.Manifest);
    }

    [Fact]
    public async Task Curvature_OfATensorThatStaysHere_IsNone()
    {
        (Control, Local) = (Curvature, ["counter"]);
        Assert.Equal((0f, 0f), (await TrainCurvatureAsync(0, fisher: 3)).Own);
    }

    private static StepControl Curvature => new StepControl.Curvature(1, 1000);

    private async Task<(Wire.ReportedBundle Reported, (float U, float V) Own, (float U, float V)? Others, int? Basis)> TrainCurvatureAsync(
        int round, float fisher, int? counted = null, (float U, float V)? sums = null)
    {
        var (controls, input) = (NewControls(_runner), Input(round, counted, null));
        if (sums is { } both)
        {
            var layout = CurvatureLayout.Of(_runner.Model);
            var bytes = new byte[layout.ByteLength];
            MemoryMarshal.Write(bytes.AsSpan((int)layout.OffsetOf(1)), both.U);
            MemoryMarshal.Write(bytes.AsSpan((int)layout.OffsetOf(3)), both.V);
            input = input with { Control = Put(bytes, layout) };
        }

        Assert.True(await controls.PutAsync("train", input, CancellationToken.None));
        (float, float)? others = _runner.Control!.TryGetValue("u.counter", out var u) ? (u, _runner.Control["v.counter"]) : null;
        _runner.Gradient = fisher;
        var reported = await controls.KeepAsync("train", input, CancellationToken.None);
        using var file = new PlacedFile(_store.PathOf(TensorDigest.Parse(reported.Bundle.Digest)));
        var own = new byte[reported.Bundle.ByteLength];
        file.Read(0, own);
        var offsets = CurvatureLayout.Of(_runner.Model);
        return (
            reported,
            (MemoryMarshal.Read<float>(own.AsSpan((int)offsets.OffsetOf(1))), MemoryMarshal.Read<float>(own.AsSpan((int)offsets.OffsetOf(3)))),
            others,
            controls.Basis);
    }

    // Each training is another process's.
    private async Task<(float Change, int? Basis, float? Correction)> TrainAsync(int round, float gradient, int? counted = null, float? control = null)
    {
        var (controls, input) = (NewControls(_runner), Input(round, counted, control));
        Assert.True(await controls.PutAsync("train", input, CancellationToken.None));
        var correction = _runner.Control!.GetValueOrDefault("counter");
        _runner.Gradient = gradient;
        var reported = await controls.KeepAsync("train", input, CancellationToken.None);
        Assert.Equal("control", reported.Bundle.Kind);
        return (Read(reported.Bundle), controls.Basis, correction);
    }

    private ControlKeeper NewControls(TaskRunner runner) => new(
        new()
        {
            Collaborator = "one",
            Addresses = [],
            StateFolder = _folder.Path,
            PlanHash = "",
            Plan = "",
            WorkspaceHash = "",
            Controlled = new("train", Control),
            Compression = Compression,
        },
        runner,
        _store,
        new(Path.Combine(_folder.Path, "local"), runner, _store, Local),
        Path.Combine(_folder.Path, "controls"));

    private RoundInput Input(int round, int? counted, float? control) =>
        new(new(Experiment, round), new() { Kind = "model", Digest = new string('0', 32) }, null)
        {
            ControlRound = counted is { } number ? new(Experiment, number) : null,
            Control = control is { } value ? Put(FakeRunner.BytesOf(value), _runner.Model) : null,
        };

    private Wire.TensorBundle Put(byte[] bytes, ModelManifest layout)
    {
        var digest = TensorDigester.Of(bytes);
        File.WriteAllBytes(_store.PathOf(digest), bytes);
        return new() { Kind = "control", Digest = digest.ToString(), ManifestHash = layout.Hash.ToString(), ByteLength = bytes.Length };
    }

    private float Read(Wire.TensorBundle change)
    {
        using var file = new PlacedFile(_store.PathOf(TensorDigest.Parse(change.TravellingDigest)));
        ReadAt read = change.Encoding is null ? file.Read : new EncodedTensors(_runner.Model, file.Read, file.Length, null).Read;
        var bytes = new byte[sizeof(float)];
        read(_runner.Model.OffsetOf(1), bytes);
        return MemoryMarshal.Read<float>(bytes);
    }

    private string[] Kept() => Directory.GetFiles(Path.Combine(_folder.Path, "controls"), "*.control", SearchOption.AllDirectories);

    private sealed class PlainRunner : TaskRunner
    {
        public override ModelManifest Model { get; } = FakeRunner.LayoutOf(1);

        public override void ReadModelTensor(int index, Span<byte> destination) => destination.Clear();

        public override void WriteModelTensor(int index, ReadOnlySpan<byte> source)
        {
        }
    }
}
