using System.Runtime.InteropServices;

using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;
using Actors.Experiments.Running;
using Actors.Learning.Torch.Native;

using TorchSharp;

using static TorchSharp.torch;

namespace Actors.Experiments.Virtual;

/// <summary>
/// A TorchSharp network that classifies images <c>[batch, 1, height, width]</c> with pixels from 0 to 1. An operation runs on one thread:
/// workers train side by side, each with a network of its own.
/// </summary>
/// <remarks>
/// libtorch has one random generator in a process. A network with a module that draws from it, such as Dropout, is trained by one worker
/// at a time, so that the same seed gives the same bytes; a network that draws in its own forward is not recognised.
/// </remarks>
public sealed class TorchClassifier : IVirtualModel
{
    private readonly NetworkFunctions _model;
    private readonly ImageSamples _training;
    private readonly ImageSamples _validation;
    private readonly int _epochs;
    private readonly int _batchSize;

    /// <summary>Takes a network and its data.</summary>
    /// <param name="model">How the network and its optimizer are built; the optimizer anew for each training.</param>
    /// <param name="training">The images to train on.</param>
    /// <param name="validation">Those to score on.</param>
    /// <param name="epochs">How often a collaborator goes through its samples; at least 1.</param>
    /// <param name="batchSize">How many samples a step takes; at least 1.</param>
    /// <exception cref="ArgumentException">The network has a tensor that is neither float32 nor a counter, or the model has a task runner of its own.</exception>
    public TorchClassifier(FederatedModel model, ImageSamples training, ImageSamples validation, int epochs = 1, int batchSize = 10)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _model = model.Functions ?? throw new ArgumentException(
            $"{model.RunnerType.Name} trains by tasks of its own, and virtual collaborators run none; give the functions that build network and optimizer.",
            nameof(model));
        (_training, _validation, _epochs, _batchSize) = (training, validation, epochs, batchSize);
        LibTorch.EnsureLoaded();
        using var network = _model.BuildNetwork();
        Manifest = new(StateOf(network).Select(state => new TensorSpec(state.Name, ElementType.Float32, new(state.Tensor.shape))));
        MostWorkers = network.named_modules().Any(module => module.module.GetName().Contains("Dropout", StringComparison.Ordinal)) ? 1 : int.MaxValue;
    }

    /// <inheritdoc/>
    public ModelManifest Manifest { get; }

    /// <inheritdoc/>
    public int MostWorkers { get; }

    /// <inheritdoc/>
    public void Initialize(Span<float> model, long seed)
    {
        manual_seed(seed);
        using var network = _model.BuildNetwork();
        Save(network, model);
    }

    /// <inheritdoc/>
    public IVirtualTrainer NewTrainer() => new Trainer(this);

    // Counters, as of batch normalisation, are not averaged: they only say how often something was done.
    private static IEnumerable<(string Name, Tensor Tensor)> StateOf(nn.Module network) => network.state_dict()
        .Where(state => state.Value.dtype != ScalarType.Int64)
        .Select(state => state.Value.dtype == ScalarType.Float32
            ? (state.Key, state.Value)
            : throw new ArgumentException($"The tensor {state.Key} is {state.Value.dtype}; virtual collaborators train float32 networks."));

    private void Load(nn.Module network, ReadOnlySpan<float> model)
    {
        set_num_threads(1); // Counts for the calling thread alone.
        using var scope = NewDisposeScope();
        using var without = no_grad();
        var place = 0;
        foreach (var (_, tensor) in StateOf(network))
        {
            var numbers = model.Slice((int)(Manifest.OffsetOf(place++) / sizeof(float)), (int)tensor.numel());
            tensor.copy_(torch.tensor(numbers.ToArray()).reshape(tensor.shape));
        }
    }

    private void Save(nn.Module network, Span<float> model)
    {
        model.Clear();
        var place = 0;
        foreach (var (_, tensor) in StateOf(network))
        {
            using var flat = tensor.detach().contiguous();
            MemoryMarshal.Cast<byte, float>(flat.bytes).CopyTo(model[(int)(Manifest.OffsetOf(place++) / sizeof(float))..]);
        }
    }

    private sealed class Trainer(TorchClassifier owner) : IVirtualTrainer
    {
        private readonly nn.Module<Tensor, Tensor> _network = owner._model.BuildNetwork();

        public double Train(Span<float> model, ReadOnlySpan<int> samples, ulong seed)
        {
            manual_seed(unchecked((long)seed));
            owner.Load(_network, model);
            _network.train();
            using var optimizer = owner._model.BuildOptimizer(_network.parameters());
            var order = samples.ToArray();
            var random = new SeededRandom(seed, stream: 0);
            var loss = 0.0;
            for (var epoch = 0; epoch < owner._epochs; epoch++)
            {
                random.Shuffle<int>(order);
                foreach (var batch in order.Chunk(owner._batchSize))
                {
                    using var scope = NewDisposeScope();
                    var (images, classes) = Batch(owner._training, batch);
                    var error = owner._model.Loss(_network.forward(images), classes);
                    optimizer.zero_grad();
                    error.backward();
                    optimizer.step();
                    loss += error.item<float>() * batch.Length;
                }
            }

            owner.Save(_network, model);
            return loss / ((long)order.Length * owner._epochs);
        }

        public (double Loss, int Right) Score(ReadOnlySpan<float> model, int from, int count)
        {
            owner.Load(_network, model);
            _network.eval();
            using var scope = NewDisposeScope();
            using var without = no_grad();
            var (images, classes) = Batch(owner._validation, [.. Enumerable.Range(from, count)]);
            var scores = _network.forward(images);
            return (owner._model.Loss(scores, classes).item<float>() * count, (int)scores.argmax(1).eq(classes).sum().item<long>());
        }

        public void Dispose() => _network.Dispose();

        private static (Tensor Images, Tensor Classes) Batch(ImageSamples samples, int[] batch)
        {
            // In memory of libtorch's own: how a sum is taken depends on where its numbers begin, which the garbage collector moves.
            var pixels = samples.Height * samples.Width;
            var images = empty(batch.Length, 1, samples.Height, samples.Width);
            var numbers = MemoryMarshal.Cast<byte, float>(images.bytes);
            for (var i = 0; i < batch.Length; i++)
            {
                samples.Fill(batch[i], numbers.Slice(i * pixels, pixels));
            }

            return (
                images,
                torch.tensor(batch.Select(sample => (long)samples.ClassOf(sample)).ToArray()));
        }
    }
}
