using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Learning.Tests;

using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Learning.Torch.Tests;

/// <summary>FedProx against the same term in the loss, differentiated by the library.</summary>
public sealed class ProximalTermTests : IDisposable
{
    private const double Mu = 0.5;

    private readonly Blobs _data = new();

    public static TheoryData<string> Optimizers =>
        ["SGD", "momentum", "Adam", "AdamW", "RMSProp", "Adagrad", "Adadelta", "Adamax", "NAdam", "RAdam", "ASGD"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void TrainTask_WithEveryOptimizer_IsTrainingOnTheLossWithTheTerm(string name)
    {
        using var proximal = new BlobsNetwork(_data, parameters => Build(name, parameters)) { ProximalMu = Mu };
        using var inLoss = new TermInLoss(_data, parameters => Build(name, parameters));
        using var plain = new BlobsNetwork(_data, parameters => Build(name, parameters));
        foreach (var runner in new TorchTaskRunner[] { proximal, inLoss, plain })
        {
            runner.TrainTask(Rounds.Context(), epochs: 3);
        }

        Assert.InRange(Distance(proximal, inLoss), 0, 1e-4);
        Assert.NotEqual(0, Distance(proximal, plain));
    }

    [Fact]
    public void TrainTask_TheStronger_TheNearerToTheGlobalModel()
    {
        var distances = new[] { 0, 1, 10 }.Select(mu =>
        {
            using var runner = new BlobsNetwork(_data, parameters => Build("SGD", parameters)) { ProximalMu = mu };
            using var start = new BlobsNetwork(_data, parameters => Build("SGD", parameters));
            runner.TrainTask(Rounds.Context(), epochs: 5);
            return Distance(runner, start);
        }).ToList();
        Assert.Equal(distances.OrderDescending(), distances);
    }

    [Fact]
    public void TrainTask_ANegativeMu_IsRefused()
    {
        using var runner = new BlobsNetwork(_data, parameters => Build("SGD", parameters)) { ProximalMu = -1 };
        Assert.Throws<ArgumentOutOfRangeException>(() => runner.TrainTask(Rounds.Context()));
    }

    public void Dispose() => _data.Dispose();

    // Over the trained tensors: what batch normalisation counts is none of them.
    internal static double Distance(TorchTaskRunner one, TorchTaskRunner other) => Math.Sqrt(one.Model.Tensors
        .Select((tensor, index) => (tensor, index))
        .Where(entry => IsTrained(one, entry.index))
        .Sum(entry => Values(one, entry.index).Zip(Values(other, entry.index), (a, b) => (a - b) * (double)(a - b)).Sum()));

    internal static bool IsTrained(TorchTaskRunner runner, int tensor) =>
        runner.Model.Tensors[tensor].Type == ElementType.Float32
        && !runner.Model.Tensors[tensor].Name.Contains("running", StringComparison.Ordinal);

    internal static float[] Values(TorchTaskRunner runner, int tensor)
    {
        var bytes = new byte[runner.Model.Tensors[tensor].ByteLength];
        runner.ReadModelTensor(tensor, bytes);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    internal static OptimizerHelper Build(string name, IEnumerable<Parameter> parameters) => name switch
    {
        "SGD" => optim.SGD(parameters, 0.05),
        "momentum" => optim.SGD(parameters, 0.05, momentum: 0.9),
        "Adam" => optim.Adam(parameters, 0.01),
        "AdamW" => optim.AdamW(parameters, 0.01),
        "RMSProp" => optim.RMSProp(parameters, 0.01),
        "Adagrad" => optim.Adagrad(parameters, 0.01),
        "Adadelta" => optim.Adadelta(parameters, 0.5),
        "Adamax" => optim.Adamax(parameters, 0.01),
        "NAdam" => optim.NAdam(parameters, 0.01),
        "RAdam" => optim.RAdam(parameters, 0.01),
        _ => optim.ASGD(parameters, 0.01),
    };

    private sealed class TermInLoss(Blobs data, Func<IEnumerable<Parameter>, OptimizerHelper> optimizer) : TorchTaskRunner(data)
    {
        private List<Tensor>? _start;

        protected override nn.Module<Tensor, Tensor> BuildNetwork() => BlobsNetwork.NewNetwork();

        protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => optimizer(parameters);

        protected override Tensor Loss(Tensor output, Tensor target)
        {
            _start ??= [.. Network.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
            var loss = base.Loss(output, target);
            foreach (var (parameter, start) in Network.parameters().Zip(_start))
            {
                loss += (parameter - start).pow(2).sum() * (Mu / 2);
            }

            return loss;
        }

        protected override void Dispose(bool disposing)
        {
            _start?.ForEach(tensor => tensor.Dispose());
            base.Dispose(disposing);
        }
    }
}
