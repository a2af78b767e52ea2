using System.Runtime.InteropServices;

using Actors.Contracts.Metrics;
using Actors.Contracts.Tensors;
using Actors.Learning;

namespace LogisticBreastCancer;

/// <summary>
/// Multinomial logistic regression by stochastic gradient descent, in plain C#: how a model takes part without TorchSharp.
/// The model is <c>weight</c>, float32 of shape <c>[classes, features]</c>, and <c>bias</c>, float32 of shape <c>[classes]</c>;
/// both start at 0.
/// </summary>
/// <param name="data">The table.</param>
/// <param name="learningRate">The step along the gradient of one row's loss.</param>
/// <param name="l2Penalty">The weight of the squared weights in the loss; the bias is not held back.</param>
/// <param name="seed">Decides the order of the rows.</param>
public sealed class LogisticRegression(TabularLoader data, double learningRate = 0.1, double l2Penalty = 0.001, long seed = 0) : TaskRunner
{
    private readonly float[] _weight = new float[data.ClassCount * data.FeatureCount];
    private readonly float[] _bias = new float[data.ClassCount];

    /// <inheritdoc/>
    public override ModelManifest Model { get; } = new(
    [
        new("weight", ElementType.Float32, new(data.ClassCount, data.FeatureCount)),
        new("bias", ElementType.Float32, new(data.ClassCount)),
    ]);

    /// <summary>Trains on all rows, in a new order each epoch. Knows the metric <c>loss</c>: the mean cross entropy.</summary>
    [TrainTask]
    public TaskResult TrainTask(TaskContext context, int epochs = 1)
    {
        var loss = 0.0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var order = Enumerable.Range(0, data.Train.Count).ToArray();
            new Random((int)(TrainingSeed.Of(seed, context, epoch) & int.MaxValue)).Shuffle(order);
            loss = order.Average(row => Step(data.Train[row]));
            context.Progress.Report((epoch + 1.0) / epochs);
        }

        return TaskResult.For(context, data.Train.Count, new Metric("loss", loss));
    }

    /// <summary>Measures the model. Knows the metrics <c>accuracy</c> (0 to 1) and <c>loss</c> (mean cross entropy).</summary>
    [ValidateTask]
    public TaskResult ValidateTask(TaskContext context)
    {
        var measured = data.Validation.Select(row => (row.Class, Chances: Predict(row.Features))).ToList();
        var accuracy = measured.Average(row => row.Chances.IndexOf(row.Chances.Max()) == row.Class ? 1.0 : 0.0);
        var loss = measured.Average(row => Loss(row.Chances[row.Class]));
        return TaskResult.For(context, measured.Count, new Metric("accuracy", accuracy), new Metric("loss", loss));
    }

    /// <inheritdoc/>
    public override void ReadModelTensor(int index, Span<byte> destination) => Bytes(index).CopyTo(destination);

    /// <inheritdoc/>
    public override void WriteModelTensor(int index, ReadOnlySpan<byte> source) => source.CopyTo(Bytes(index));

    private double Step(TabularLoader.Row row)
    {
        var chances = Predict(row.Features);
        for (var c = 0; c < _bias.Length; c++)
        {
            var error = chances[c] - (c == row.Class ? 1 : 0);
            _bias[c] -= (float)(learningRate * error);
            var weights = WeightsOf(c);
            for (var f = 0; f < weights.Length; f++)
            {
                weights[f] -= (float)(learningRate * ((error * row.Features[f]) + (l2Penalty * weights[f])));
            }
        }

        return Loss(chances[row.Class]);
    }

    // The softmax of the classes' scores.
    private List<double> Predict(double[] features)
    {
        var scores = new List<double>();
        for (var c = 0; c < _bias.Length; c++)
        {
            var score = (double)_bias[c];
            var weights = WeightsOf(c);
            for (var f = 0; f < weights.Length; f++)
            {
                score += weights[f] * features[f];
            }

            scores.Add(score);
        }

        var highest = scores.Max();
        var powers = scores.ConvertAll(score => Math.Exp(score - highest));
        var sum = powers.Sum();
        return powers.ConvertAll(power => power / sum);
    }

    private static double Loss(double chance) => -Math.Log(Math.Max(chance, double.Epsilon));

    private Span<float> WeightsOf(int c) => _weight.AsSpan(c * data.FeatureCount, data.FeatureCount);

    private Span<byte> Bytes(int index) => MemoryMarshal.AsBytes((index == 0 ? _weight : _bias).AsSpan());
}
