using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Learning.Tests;

using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Learning.Torch.Tests;

/// <summary>SCAFFOLD's correction against the same one in the loss, whose term (c − cᵢ) · w the library differentiates.</summary>
public sealed class GradientCorrectionTests : IDisposable
{
    private const float Correction = 0.05f;

    private readonly Blobs _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [MemberData(nameof(ProximalTermTests.Optimizers), MemberType = typeof(ProximalTermTests))]
    public void TrainTask_WithEveryOptimizer_IsTrainingOnTheLossWithTheTerm(string name)
    {
        using var corrected = new BlobsNetwork(_data, parameters => ProximalTermTests.Build(name, parameters));
        using var inLoss = new TermInLoss(_data, parameters => ProximalTermTests.Build(name, parameters));
        using var plain = new BlobsNetwork(_data, parameters => ProximalTermTests.Build(name, parameters));
        Correct(corrected, Correction);
        foreach (var runner in new TorchTaskRunner[] { corrected, inLoss, plain })
        {
            _ = runner.Model; // Building a network seeds chance.
            runner.TrainTask(Rounds.Context(), epochs: 3);
        }

        Assert.InRange(ProximalTermTests.Distance(corrected, inLoss), 0, 1e-4);
        Assert.NotEqual(0, ProximalTermTests.Distance(corrected, plain));
    }

    // Of SGD it is the paper's option II with cᵢ − c = −0.05: (x − y) / (K η) − 0.05. Without a step of its own there is none.
    [Fact]
    public void ReadControlTensor_OfSgd_IsOptionTwo()
    {
        using var start = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        using var runner = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        Correct(runner, Correction);
        var batches = 3 * (int)Math.Ceiling((double)_data.Train!.Count / _data.BatchSize);
        runner.TrainTask(Rounds.Context(), epochs: 3);
        for (var tensor = 0; tensor < runner.Model.Tensors.Length; tensor++)
        {
            if (ProximalTermTests.IsTrained(runner, tensor))
            {
                var expected = ProximalTermTests.Values(start, tensor).Zip(
                    ProximalTermTests.Values(runner, tensor), (x, y) => ((x - y) / (batches * 0.05)) - Correction);
                Assert.All(expected.Zip(Gradient(runner, tensor)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
            }
        }
    }

    [Fact]
    public void BeginControl_ForgetsTheTrainingBefore()
    {
        using var runner = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        using var other = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        Correct(runner, 1);
        runner.BeginControl(new StepControl.Variates());
        other.BeginControl(new StepControl.Variates());
        runner.TrainTask(Rounds.Context());
        other.TrainTask(Rounds.Context());
        Assert.Equal(Gradient(other, 0), Gradient(runner, 0));
        Assert.Equal(0, ProximalTermTests.Distance(runner, other));
    }

    [Fact]
    public void EndControl_TrainsPlainly()
    {
        using var runner = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("Adam", parameters));
        using var plain = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("Adam", parameters));
        Correct(runner, Correction);
        runner.EndControl();
        _ = plain.Model;
        runner.TrainTask(Rounds.Context());
        plain.TrainTask(Rounds.Context());
        Assert.Equal(0, ProximalTermTests.Distance(runner, plain));
    }

    [Fact]
    public void ReadControlTensor_WhereATrainingNeverCorrected_SaysWhatIsMissing()
    {
        using var runner = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        runner.BeginControl(new StepControl.Variates());
        var problem = Assert.Throws<InvalidOperationException>(() => Gradient(runner, 0));
        Assert.Equal(
            "The training took no corrected step; call TorchTaskRunner.CorrectGradients between the backward pass and the optimizer's step.", problem.Message);
    }

    private static void Correct(BlobsNetwork runner, float correction)
    {
        runner.BeginControl(new StepControl.Variates());
        for (var tensor = 0; tensor < runner.Model.Tensors.Length; tensor++)
        {
            if (runner.Model.Tensors[tensor].Type == ElementType.Float32)
            {
                var values = new float[runner.Model.Tensors[tensor].Shape.ElementCount];
                values.AsSpan().Fill(correction);
                runner.WriteControlTensor(tensor, MemoryMarshal.AsBytes(values.AsSpan()));
            }
        }
    }

    private static float[] Gradient(TorchTaskRunner runner, int tensor)
    {
        var bytes = new byte[runner.Model.Tensors[tensor].ByteLength];
        runner.ReadControlTensor(tensor, bytes);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    private sealed class TermInLoss(Blobs data, Func<IEnumerable<Parameter>, OptimizerHelper> optimizer) : TorchTaskRunner(data)
    {
        protected override nn.Module<Tensor, Tensor> BuildNetwork() => BlobsNetwork.NewNetwork();

        protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => optimizer(parameters);

        protected override Tensor Loss(Tensor output, Tensor target)
        {
            var loss = base.Loss(output, target);
            foreach (var parameter in Network.parameters())
            {
                loss += parameter.sum() * Correction;
            }

            return loss;
        }
    }
}
