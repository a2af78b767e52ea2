using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Learning.Tests;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Learning.Torch.Tests;

/// <summary>FedCurv's penalty against the same one in the loss, and its Fisher information against one by hand.</summary>
public sealed class CurvaturePenaltyTests : IDisposable
{
    private const double Importance = 0.5;
    private const float Fisher = 0.25f;
    private const float Centre = 0.1f;

    private readonly Blobs _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [MemberData(nameof(ProximalTermTests.Optimizers), MemberType = typeof(ProximalTermTests))]
    public void TrainTask_WithEveryOptimizer_IsTrainingOnTheLossWithThePenalty(string name)
    {
        using var controlled = new BlobsNetwork(_data, parameters => ProximalTermTests.Build(name, parameters));
        using var inLoss = new PenaltyInLoss(_data, parameters => ProximalTermTests.Build(name, parameters));
        using var plain = new BlobsNetwork(_data, parameters => ProximalTermTests.Build(name, parameters));
        Control(controlled, Fisher, Centre);
        foreach (var runner in new TorchTaskRunner[] { controlled, inLoss, plain })
        {
            _ = runner.Model; // Building a network seeds chance.
            runner.TrainTask(Rounds.Context(), epochs: 3);
        }

        Assert.InRange(ProximalTermTests.Distance(controlled, inLoss), 0, 1e-4);
        Assert.NotEqual(0, ProximalTermTests.Distance(controlled, plain));
    }

    // Else it would be a reward for going away, and no bound on it.
    [Theory]
    [InlineData(-1, 5)]
    [InlineData(0, 5)]
    public void TrainTask_WhereTheFisherInformationIsNotPositive_IsNotPenalized(float fisher, float centre)
    {
        using var controlled = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        using var plain = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        Control(controlled, fisher, centre);
        _ = plain.Model;
        controlled.TrainTask(Rounds.Context());
        plain.TrainTask(Rounds.Context());
        Assert.Equal(0, ProximalTermTests.Distance(controlled, plain));
    }

    // Of ½ (w x − y)² a sample's gradient is (w x − y) x.
    [Fact]
    public void ReadControlTensor_OfTwoSamplesOfALine_IsTheMeanOfTheirSquaredGradients()
    {
        using var line = new Line([(1, 4), (2, 6)]);
        line.BeginControl(new StepControl.Curvature(Importance, 1000));
        line.TrainTask(Rounds.Context());

        // The mean gradient at 0 is −(4 · 1 + 6 · 2) / 2 = −8, so w = 0.8. There the samples' are (0.8 − 4) · 1 = −3.2 and (1.6 − 6) · 2 = −8.8.
        const double expected = ((3.2 * 3.2) + (8.8 * 8.8)) / 2;
        Assert.Equal(0.8, ProximalTermTests.Values(line, 0).Single(), 1e-6);
        Assert.Equal(expected, Read(line, 0).Single(), 1e-4);
        Assert.Equal(expected * 0.8, Read(line, 1).Single(), 1e-4);
    }

    // With one sample of the two it is the square of that one's, whichever the seed picks, and the same again.
    [Fact]
    public void ReadControlTensor_OfFewerSamples_IsOfThoseThatTheSeedPicks()
    {
        var seen = Enumerable.Range(0, 20).Select(seed =>
        {
            using var line = new Line([(1, 4), (2, 6)]) { Seed = seed };
            line.BeginControl(new StepControl.Curvature(Importance, 1));
            line.TrainTask(Rounds.Context());
            return Math.Round(Read(line, 0).Single(), 2);
        }).Distinct().Order();
        Assert.Equal([10.24, 77.44], seen);
    }

    // Batch normalisation and dropout are as in validation, buffers have none, and what is read leaves the model as it is.
    [Fact]
    public void ReadControlTensor_LeavesTheModelAlone_AndIsZeroForBuffers()
    {
        using var runner = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        Control(runner, Fisher, Centre);
        runner.TrainTask(Rounds.Context());
        var before = AllValues(runner);
        var layout = CurvatureLayout.Of(runner.Model);
        var fishers = Enumerable.Range(0, runner.Model.Tensors.Length).ToDictionary(index => layout.Tensors[index].Name, index => Read(runner, index));

        Assert.Equal(before, AllValues(runner));
        Assert.All(fishers.Where(entry => entry.Key.Contains("running", StringComparison.Ordinal) || entry.Key.Contains("num_batches", StringComparison.Ordinal)), entry => Assert.All(entry.Value, value => Assert.Equal(0, value)));
        Assert.All(fishers["u.fc2.weight"], value => Assert.True(value >= 0));
        Assert.Contains(fishers["u.fc2.weight"], value => value > 0);
    }

    [Fact]
    public void ReadControlTensor_WhereATrainingNeverCorrected_SaysWhatIsMissing()
    {
        using var runner = new BlobsNetwork(_data, parameters => ProximalTermTests.Build("SGD", parameters));
        runner.BeginControl(new StepControl.Curvature(Importance, 1000));
        Assert.StartsWith("The training took no corrected step;", Assert.Throws<InvalidOperationException>(() => Read(runner, 0)).Message, StringComparison.Ordinal);
    }

    private static float[] AllValues(TorchTaskRunner runner) => [.. Enumerable.Range(0, runner.Model.Tensors.Length)
        .Where(index => runner.Model.Tensors[index].Type == ElementType.Float32)
        .SelectMany(index => ProximalTermTests.Values(runner, index))];

    private static void Control(TorchTaskRunner runner, float fisher, float centre)
    {
        runner.BeginControl(new StepControl.Curvature(Importance, 1000));
        var layout = CurvatureLayout.Of(runner.Model);
        for (var tensor = 0; tensor < layout.Tensors.Length; tensor++)
        {
            var values = new float[layout.Tensors[tensor].Shape.ElementCount];
            values.AsSpan().Fill(tensor < runner.Model.Tensors.Length ? fisher : centre);
            runner.WriteControlTensor(tensor, MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    private static float[] Read(TorchTaskRunner runner, int tensor)
    {
        var bytes = new byte[CurvatureLayout.Of(runner.Model).Tensors[tensor].ByteLength];
        runner.ReadControlTensor(tensor, bytes);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    // λ (u w² − 2 v w), summed over all weights.
    private sealed class PenaltyInLoss(Blobs data, Func<IEnumerable<Parameter>, OptimizerHelper> optimizer) : TorchTaskRunner(data)
    {
        protected override Module<Tensor, Tensor> BuildNetwork() => BlobsNetwork.NewNetwork();

        protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => optimizer(parameters);

        protected override Tensor Loss(Tensor output, Tensor target)
        {
            var loss = base.Loss(output, target);
            foreach (var parameter in Network.parameters())
            {
                loss += ((parameter.square() * Fisher) - (parameter * (2 * Centre))).sum() * Importance;
            }

            return loss;
        }
    }

    // y = w x from w = 0, both samples in one batch, one step of 0.1.
    private sealed class Line(params (float X, float Y)[] samples) : TorchTaskRunner(new Points(samples))
    {
        protected override Module<Tensor, Tensor> BuildNetwork()
        {
            var line = Linear(1, 1, hasBias: false);
            init.zeros_(line.weight);
            return Sequential(("line", line));
        }

        protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => optim.SGD(parameters, 0.1);

        protected override Tensor Loss(Tensor output, Tensor target) => (output - target).square().mean() / 2;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            Data.Dispose();
        }

        private sealed class Points : TorchDataLoader
        {
            public Points((float X, float Y)[] samples)
            {
                BatchSize = samples.Length;
                Train = new(
                    SpanTensors.From<float>(samples.Select(sample => sample.X).ToArray(), samples.Length, 1),
                    SpanTensors.From<float>(samples.Select(sample => sample.Y).ToArray(), samples.Length, 1));
            }
        }
    }
}
