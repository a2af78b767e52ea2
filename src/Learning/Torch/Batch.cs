using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>Some samples to train or measure on at once. Its tensors live until it is disposed, whatever dispose scope is open.</summary>
/// <param name="input">Shape <c>[batch, …]</c>, float32 where the samples are bytes, else the samples' own type; on the CPU.</param>
/// <param name="target">Shape <c>[batch]</c> or <c>[batch, …]</c>, the targets' own type; on the CPU.</param>
public sealed class Batch(Tensor input, Tensor target) : IDisposable
{
    /// <summary>What the network gets. Shape <c>[batch, …]</c>.</summary>
    public Tensor Input { get; } = input;

    /// <summary>What the loss compares with. Shape <c>[batch]</c> for classes (int64).</summary>
    public Tensor Target { get; } = target;

    /// <summary>The number of samples.</summary>
    public long Count => Target.shape[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
    }
}
