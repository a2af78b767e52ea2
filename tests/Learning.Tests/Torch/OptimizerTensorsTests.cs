using Actors.Contracts.Tensors;
using Actors.Learning.Tests;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Learning.Torch.Tests;

public sealed class OptimizerTensorsTests : IDisposable
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, OptimizerHelper>> Optimizers = new()
    {
        ["adam"] = parameters => optim.Adam(parameters, 0.02),
        ["amsgrad"] = parameters => optim.Adam(parameters, 0.02, amsgrad: true),
        ["adamw"] = parameters => optim.AdamW(parameters, 0.02),
        ["sgd"] = parameters => optim.SGD(parameters, 0.02, momentum: 0.9),
        ["rmsprop"] = parameters => optim.RMSProp(parameters, 0.02),
        ["rmsprop centered"] = parameters => optim.RMSProp(parameters, 0.02, momentum: 0.9, centered: true),
        ["adagrad"] = parameters => optim.Adagrad(parameters, 0.02),
        ["adadelta"] = parameters => optim.Adadelta(parameters, 0.02),
        ["adamax"] = parameters => optim.Adamax(parameters, 0.02),
        ["nadam"] = parameters => optim.NAdam(parameters, 0.02),
        ["radam"] = parameters => optim.RAdam(parameters, 0.02),
    };

    private readonly Blobs _data = new();

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void State_TakenToAFreshRunner_GoesOnAsIfUninterrupted(string name)
    {
        using var uninterrupted = Runner(name);
        uninterrupted.TrainTask(Rounds.Context());
        var (model, layout, state) = (uninterrupted.ReadModel(), uninterrupted.OptimizerState!, ReadState(uninterrupted));
        uninterrupted.TrainTask(Rounds.Context(round: 1));

        using var fresh = Runner(name);
        fresh.WriteModel(model);
        WriteState(fresh, layout, state);
        fresh.TrainTask(Rounds.Context(round: 1));

        Assert.Equal(uninterrupted.ReadModel(), fresh.ReadModel());
        Assert.Equal(ReadState(uninterrupted), ReadState(fresh));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ResetOptimizer_ForgetsEverything(string name)
    {
        using var runner = Runner(name);
        var (initial, state) = (runner.ReadModel(), ReadState(runner));
        runner.TrainTask(Rounds.Context());
        var trained = runner.ReadModel();
        Assert.NotEqual(state, ReadState(runner));

        runner.ResetOptimizer();
        Assert.Equal(state, ReadState(runner));
        runner.WriteModel(initial);
        runner.TrainTask(Rounds.Context());

        Assert.Equal(trained, runner.ReadModel());
    }

    [Fact]
    public void OptimizerState_OfAdam_HasTheOriginalsNames()
    {
        using var runner = Runner("adam");
        runner.TrainTask(Rounds.Context());

        var layout = runner.OptimizerState!;

        Assert.Equal(
            [
                "__opt_state_0_0__step Float64[1]", "__opt_state_0_0_istensor_exp_avg Float32[4, 2]",
                "__opt_state_0_0_istensor_exp_avg_sq Float32[4, 2]", "__opt_state_0_1__step Float64[1]",
            ],
            layout.Tensors.Take(4).Select(tensor => tensor.ToString()));
        Assert.Equal("__opt_group_lengths Float64[1]", layout.Tensors[^1].ToString());
        Assert.Equal(3.0, BitConverter.ToDouble(Rounds.Part(ReadState(runner), layout, 0)));
        Assert.Equal(6.0, BitConverter.ToDouble(Rounds.Part(ReadState(runner), layout, layout.Tensors.Length - 1)));
    }

    [Fact]
    public void OptimizerState_WithNothingToRemember_IsNull()
    {
        using var runner = new BlobsNetwork(_data, parameters => optim.SGD(parameters, 0.02));

        runner.TrainTask(Rounds.Context());

        Assert.Null(runner.OptimizerState);
    }

    [Fact]
    public void BeginOptimizerState_OfAnotherOptimizer_IsRefused()
    {
        using var adam = Runner("adam");
        using var sgd = Runner("sgd");

        var problem = Assert.Throws<ArgumentException>(() => sgd.BeginOptimizerState(adam.OptimizerState!));

        Assert.StartsWith("This SGD has no state __opt_state_0_0__step; is the optimizer another one?", problem.Message);
    }

    [Fact]
    public void BeginOptimizerState_WithAnotherShapeOrAPartMissing_IsRefused()
    {
        using var runner = Runner("adam");
        var tensors = runner.OptimizerState!.Tensors;
        var reshaped = new ModelManifest(tensors.SetItem(1, tensors[1] with { Shape = new(5) }));
        var shortened = new ModelManifest(tensors.RemoveAt(1));

        var first = Assert.Throws<ArgumentException>(() => runner.BeginOptimizerState(reshaped));
        var second = Assert.Throws<ArgumentException>(() => runner.BeginOptimizerState(shortened));

        Assert.Equal(
            "The state has __opt_state_0_0_istensor_exp_avg Float32[5], but this optimizer's is __opt_state_0_0_istensor_exp_avg Float32[4, 2].",
            first.Message);
        Assert.StartsWith("The state lacks __opt_state_0_0_istensor_exp_avg, which this Adam needs.", second.Message);
    }

    public void Dispose() => _data.Dispose();

    private BlobsNetwork Runner(string name) => new(_data, Optimizers[name]) { Seed = 1 };

    private static byte[] ReadState(BlobsNetwork runner)
    {
        if (runner.OptimizerState is not { } layout)
        {
            return [];
        }

        var bytes = new byte[layout.ByteLength];
        for (var i = 0; i < layout.Tensors.Length; i++)
        {
            runner.ReadOptimizerTensor(i, Rounds.Part(bytes, layout, i));
        }

        return bytes;
    }

    private static void WriteState(BlobsNetwork runner, ModelManifest layout, byte[] state)
    {
        runner.BeginOptimizerState(layout);
        for (var i = 0; i < layout.Tensors.Length; i++)
        {
            runner.WriteOptimizerTensor(i, Rounds.Part(state, layout, i));
        }
    }
}
