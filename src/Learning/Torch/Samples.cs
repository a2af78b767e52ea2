using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>Inputs and targets that belong together, sample by sample, and their batches.</summary>
public sealed class Samples : IDisposable
{
    private readonly Tensor _inputs;
    private readonly Tensor _targets;

    /// <summary>Takes the tensors over; they are disposed with the samples.</summary>
    /// <param name="inputs">
    /// Shape <c>[samples, …]</c>, on the CPU. Bytes become float32 (0 to 255) a batch at a time, a quarter of the memory that
    /// the floats would take.
    /// </param>
    /// <param name="targets">Shape <c>[samples]</c> or <c>[samples, …]</c>; classes are int64.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public Samples(Tensor inputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.dim() == 0 || targets.dim() == 0 || inputs.shape[0] != targets.shape[0])
        {
            throw new ArgumentException(
                $"Inputs [{string.Join(", ", inputs.shape)}] and targets [{string.Join(", ", targets.shape)}] need the same first axis.");
        }

        (_inputs, _targets) = (inputs.DetachFromDisposeScope(), targets.DetachFromDisposeScope());
    }

    /// <summary>The number of samples.</summary>
    public long Count => _targets.shape[0];

    /// <summary>All samples once, in their order.</summary>
    /// <param name="batchSize">The samples of a batch, at least 1; the last batch may have fewer.</param>
    /// <returns>Batches that the caller disposes, made one at a time.</returns>
    public IEnumerable<Batch> InOrder(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Batches();

        IEnumerable<Batch> Batches()
        {
            for (var first = 0L; first < Count; first += batchSize)
            {
                var end = Math.Min(first + batchSize, Count);
                yield return Take(tensor => tensor.slice(0, first, end, 1));
            }
        }
    }

    /// <summary>All samples once, in an order that the seed alone decides.</summary>
    /// <param name="batchSize">The samples of a batch, at least 1; the last batch may have fewer.</param>
    /// <param name="seed">Any number; see <see cref="TrainingSeed"/>.</param>
    /// <returns>Batches that the caller disposes, made one at a time.</returns>
    public IEnumerable<Batch> Shuffled(int batchSize, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Batches();

        IEnumerable<Batch> Batches()
        {
            using var chance = new Generator((ulong)seed);
            using var order = randperm(Count, ScalarType.Int64, generator: chance).DetachFromDisposeScope();
            for (var first = 0L; first < Count; first += batchSize)
            {
                using var picked = order.slice(0, first, Math.Min(first + batchSize, Count), 1).DetachFromDisposeScope();
                yield return Take(tensor => tensor.index_select(0, picked));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        _targets.Dispose();
    }

    private Batch Take(Func<Tensor, Tensor> pick)
    {
        var (input, target) = (pick(_inputs).DetachFromDisposeScope(), pick(_targets).DetachFromDisposeScope());
        if (input.dtype != ScalarType.Byte)
        {
            return new(input, target);
        }

        using var bytes = input;
        return new(bytes.to(ScalarType.Float32).DetachFromDisposeScope(), target);
    }
}
