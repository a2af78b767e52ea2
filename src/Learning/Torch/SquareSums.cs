using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>Sums of squared gradients, of each coordinate, in float64.</summary>
/// <param name="parameters">The parameters whose gradients they are.</param>
internal sealed class SquareSums(IReadOnlyList<Parameter> parameters) : IDisposable
{
    private readonly List<Tensor> _sums = [.. parameters.Select(parameter => zeros(parameter.shape, ScalarType.Float64).DetachFromDisposeScope())];
    private long _count;

    /// <summary>Adds the squares of the gradients as they are now.</summary>
    public void Add()
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        _count++;
        foreach (var (parameter, sum) in parameters.Zip(_sums))
        {
            if (parameter.grad is { } gradient)
            {
                _ = sum.addcmul_(gradient.to_type(ScalarType.Float64), gradient.to_type(ScalarType.Float64), 1);
            }
        }
    }

    /// <summary>The means over what was added, in the parameters' order; the caller disposes them.</summary>
    public IReadOnlyList<Tensor> Means()
    {
        using var frozen = no_grad();
        return [.. _sums.Select(sum => sum.div(_count).DetachFromDisposeScope())];
    }

    public void Dispose() => _sums.ForEach(sum => sum.Dispose());
}
