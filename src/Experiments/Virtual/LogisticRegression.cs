using System.Numerics;
using System.Runtime.CompilerServices;

using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;

namespace Actors.Experiments.Virtual;

/// <summary>
/// Multinomial logistic regression on images, in plain C#: scores W·x + b with the pixels x from 0 to 1, the cross entropy, and
/// stochastic gradient descent on batches. Begins with zeros, as a convex problem may.
/// </summary>
/// <param name="training">The images to train on.</param>
/// <param name="validation">Those to score on.</param>
/// <param name="epochs">How often a collaborator goes through its samples; at least 1.</param>
/// <param name="batchSize">How many samples a step takes; at least 1.</param>
/// <param name="learningRate">The length of a step; above 0.</param>
public sealed class LogisticRegression(ImageSamples training, ImageSamples validation, int epochs = 1, int batchSize = 10, double learningRate = 0.03)
    : IVirtualModel
{
    private readonly ImageSamples _training = training.Height == validation.Height && training.Width == validation.Width
        ? training
        : throw new ArgumentException(
            $"Images to train on are {training.Height}×{training.Width}, those to validate on {validation.Height}×{validation.Width}. Take both of one kind.",
            nameof(validation));

    private readonly ImageSamples _validation = validation;
    private readonly int _epochs = AtLeastOne(epochs, nameof(epochs));
    private readonly int _batchSize = AtLeastOne(batchSize, nameof(batchSize));
    private readonly double _learningRate = learningRate > 0 && double.IsFinite(learningRate)
        ? learningRate
        : throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "A learning rate is a number above 0.");

    /// <inheritdoc/>
    public ModelManifest Manifest { get; } = new(
    [
        new("weight", ElementType.Float32, new(Math.Max(training.ClassCount, validation.ClassCount), training.Height * training.Width)),
        new("bias", ElementType.Float32, new(Math.Max(training.ClassCount, validation.ClassCount))),
    ]);

    /// <inheritdoc/>
    public int MostWorkers => int.MaxValue;

    /// <inheritdoc/>
    public void Initialize(Span<float> model, long seed) => model.Clear();

    /// <inheritdoc/>
    public IVirtualTrainer NewTrainer() => new Trainer(this);

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }

    private sealed class Trainer(LogisticRegression model) : IVirtualTrainer
    {
        private readonly ImageSamples _training = model._training;
        private readonly ImageSamples _validation = model._validation;
        private readonly int _classes = (int)model.Manifest.Tensors[1].Shape.ElementCount;
        private readonly int _pixels = model._training.Height * model._training.Width;
        private readonly int _bias = (int)(model.Manifest.OffsetOf(1) / sizeof(float));
        private readonly float[] _images = new float[model._batchSize * model._training.Height * model._training.Width];
        private readonly float[] _scores = new float[model._batchSize * (int)model.Manifest.Tensors[1].Shape.ElementCount];

        public double Train(Span<float> parameters, ReadOnlySpan<int> samples, ulong seed)
        {
            var order = samples.ToArray();
            var random = new SeededRandom(seed, stream: 0);
            var loss = 0.0;
            for (var epoch = 0; epoch < model._epochs; epoch++)
            {
                random.Shuffle<int>(order);
                for (var start = 0; start < order.Length; start += model._batchSize)
                {
                    loss += Step(parameters, order.AsSpan(start, Math.Min(model._batchSize, order.Length - start)));
                }
            }

            return loss / ((long)order.Length * model._epochs);
        }

        public (double Loss, int Right) Score(ReadOnlySpan<float> parameters, int from, int count)
        {
            var scores = _scores.AsSpan(0, _classes);
            var image = _images.AsSpan(0, _pixels);
            var (loss, right) = (0.0, 0);
            for (var sample = from; sample < from + count; sample++)
            {
                _validation.Fill(sample, image);
                Scores(parameters, image, scores);
                var best = 0;
                for (var label = 1; label < _classes; label++)
                {
                    best = scores[label] > scores[best] ? label : best;
                }

                right += best == _validation.ClassOf(sample) ? 1 : 0;
                loss += ToErrors(scores, _validation.ClassOf(sample));
            }

            return (loss, right);
        }

        // The gradient of the batch's mean loss is taken whole before the step.
        private double Step(Span<float> parameters, ReadOnlySpan<int> batch)
        {
            var loss = 0.0;
            for (var i = 0; i < batch.Length; i++)
            {
                var image = _images.AsSpan(i * _pixels, _pixels);
                var errors = _scores.AsSpan(i * _classes, _classes);
                _training.Fill(batch[i], image);
                Scores(parameters, image, errors);
                loss += ToErrors(errors, _training.ClassOf(batch[i]));
            }

            var rate = (float)(-model._learningRate / batch.Length);
            for (var label = 0; label < _classes; label++)
            {
                var row = parameters.Slice(label * _pixels, _pixels);
                for (var i = 0; i < batch.Length; i++)
                {
                    var step = rate * _scores[(i * _classes) + label];
                    AddScaled(row, _images.AsSpan(i * _pixels, _pixels), step);
                    parameters[_bias + label] += step;
                }
            }

            return loss;
        }

        private void Scores(ReadOnlySpan<float> parameters, ReadOnlySpan<float> image, Span<float> scores)
        {
            for (var label = 0; label < _classes; label++)
            {
                scores[label] = Dot(parameters.Slice(label * _pixels, _pixels), image) + parameters[_bias + label];
            }
        }

        // Scores to the cross entropy's derivative by them: softmax minus one at the sample's class. Returns the cross entropy.
        private static double ToErrors(Span<float> scores, int label)
        {
            var largest = float.NegativeInfinity;
            foreach (var score in scores)
            {
                largest = Math.Max(largest, score);
            }

            var sum = 0.0;
            var mine = scores[label] - largest;
            foreach (ref var score in scores)
            {
                score = MathF.Exp(score - largest);
                sum += score;
            }

            foreach (ref var score in scores)
            {
                score = (float)(score / sum);
            }

            scores[label] -= 1;
            return Math.Log(sum) - mine;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Most of a short simulation would otherwise run before it is compiled well.
        private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
        {
            var (first, second) = (Vector<float>.Zero, Vector<float>.Zero);
            var i = 0;
            for (; i <= left.Length - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
            {
                first += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
                second += new Vector<float>(left[(i + Vector<float>.Count)..]) * new Vector<float>(right[(i + Vector<float>.Count)..]);
            }

            var sum = Vector.Sum(first + second);
            for (; i < left.Length; i++)
            {
                sum += left[i] * right[i];
            }

            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float scale)
        {
            var scales = new Vector<float>(scale);
            var i = 0;
            for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                (new Vector<float>(target[i..]) + (scales * new Vector<float>(source[i..]))).CopyTo(target[i..]);
            }

            for (; i < target.Length; i++)
            {
                target[i] += scale * source[i];
            }
        }

        public void Dispose()
        {
        }
    }
}
