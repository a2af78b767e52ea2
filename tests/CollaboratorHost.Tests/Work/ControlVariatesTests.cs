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

public sealed class ControlVariatesTests : IDisposable
{
    private static readonly ExperimentId Experiment = ExperimentId.Parse("hospitals/tumours");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeRunner _runner = new();
    private readonly LocalTensorStore _store;

    public ControlVariatesTests() => _store = new(Path.Combine(_folder.Path, "tensors"));

    private string[] Local { get; set; } = [];

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
        Assert.Null(_runner.Correction);
    }

    [Fact]
    public async Task ARunnerThatCannot_SaysWhatToDo()
    {
        using var plain = new PlainRunner();
        var problem = await Assert.ThrowsAsync<WorkFailedException>(
            () => NewControls(plain).PutAsync("train", Input(0, null, null), CancellationToken.None));
        Assert.Equal(
            "tasks.train.aggregation_type: PlainRunner does not correct its steps by control variates. "
            + "Choose another rule than scaffold, or derive from TorchTaskRunner.", problem.Message);
    }

    // Each training is another process's.
    private async Task<(float Change, int? Basis, float? Correction)> TrainAsync(int round, float gradient, int? counted = null, float? control = null)
    {
        var (controls, input) = (NewControls(_runner), Input(round, counted, control));
        Assert.True(await controls.PutAsync("train", input, CancellationToken.None));
        var correction = _runner.Correction;
        _runner.Gradient = gradient;
        var reported = await controls.KeepAsync("train", input, CancellationToken.None);
        Assert.Equal("control", reported.Bundle.Kind);
        return (Read(reported.Bundle), controls.Basis, correction);
    }

    private ControlVariates NewControls(TaskRunner runner) => new(
        new()
        {
            Collaborator = "one",
            Addresses = [],
            StateFolder = _folder.Path,
            PlanHash = "",
            Plan = "",
            WorkspaceHash = "",
            ControlTask = "train",
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
            Control = control is { } value ? Put(value) : null,
        };

    private Wire.TensorBundle Put(float value)
    {
        var bytes = FakeRunner.BytesOf(value);
        var digest = TensorDigester.Of(bytes);
        File.WriteAllBytes(_store.PathOf(digest), bytes);
        return new() { Kind = "control", Digest = digest.ToString(), ByteLength = bytes.Length };
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
