using Actors.Contracts.Tensors;

using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>
/// FedCurv's penalty on local steps (Shoham et al. 2019, equation 4): with U = Σⱼ uⱼ and V = Σⱼ vⱼ over the others, the gradient g becomes
/// g + 2 λ (U w − V). Where U is not above zero there is no penalty: a Fisher information is never negative, and what rounding or a dishonest
/// collaborator makes of it must not push weights away. Afterwards uᵢ is the mean of the squared gradients of single samples, the diagonal of
/// the empirical Fisher information, and vᵢ = uᵢ wᵢ.
/// </summary>
internal sealed class CurvaturePenalty : IGradientControl
{
    private readonly double _importance;
    private readonly Func<IEnumerable<Tensor>> _losses;
    private readonly Dictionary<string, Entry> _entries;
    private bool _isReady;
    private bool _hasStepped;
    private bool _isMeasured;

    /// <param name="parameters">The network's parameters by their names in the model.</param>
    /// <param name="importance">λ.</param>
    /// <param name="losses">Gives the losses of single samples with the trained weights, each a scalar to differentiate before the next is asked for.</param>
    public CurvaturePenalty(IEnumerable<(string Name, Parameter Parameter)> parameters, double importance, Func<IEnumerable<Tensor>> losses)
    {
        (_importance, _losses) = (importance, losses);
        using var frozen = no_grad();
        _entries = parameters
            .Where(entry => entry.Parameter.requires_grad)
            .DistinctBy(entry => entry.Parameter.Handle)
            .ToDictionary(entry => entry.Name, entry => new Entry(entry.Parameter));
    }

    public void Write(string name, ReadOnlySpan<byte> source)
    {
        if (Find(name, out var isFisher) is { } entry)
        {
            TensorBytes.Write(isFisher ? entry.Fisher : entry.Centre, source);
        }
    }

    public void Correct()
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        _hasStepped = true;
        foreach (var entry in _entries.Values)
        {
            if (!_isReady)
            {
                entry.Scale(2 * _importance);
            }

            if (entry.Parameter.grad is { } gradient)
            {
                _ = gradient.add_(entry.Fisher.mul(entry.Parameter).sub_(entry.Centre));
            }
        }

        _isReady = true;
    }

    public void Read(string name, Span<byte> destination)
    {
        if (!_hasStepped)
        {
            throw TorchTaskRunner.Uncorrected();
        }

        if (!_isMeasured)
        {
            Measure();
        }

        if (Find(name, out var isFisher) is { } entry)
        {
            TensorBytes.Read(isFisher ? entry.Fisher : entry.Centre, destination);
        }
        else
        {
            destination.Clear();
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Dispose();
        }
    }

    // The others' u and v are not needed any more: their place takes the own ones.
    private void Measure()
    {
        using var sums = new SquareSums([.. _entries.Values.Select(entry => entry.Parameter)]);
        foreach (var loss in _losses())
        {
            loss.backward();
            sums.Add();
        }

        using var frozen = no_grad();
        foreach (var (entry, mean) in _entries.Values.Zip(sums.Means()))
        {
            using (mean)
            {
                entry.Take(mean);
            }
        }

        _isMeasured = true;
    }

    private Entry? Find(string name, out bool isFisher)
    {
        isFisher = name.StartsWith(CurvatureLayout.Fisher, StringComparison.Ordinal);
        return _entries.GetValueOrDefault(name[(isFisher ? CurvatureLayout.Fisher : CurvatureLayout.Centre).Length..]);
    }

    /// <summary>A parameter with its u and v.</summary>
    private sealed record Entry(Parameter Parameter) : IDisposable
    {
        public Tensor Fisher { get; } = ZerosBeside(Parameter);

        public Tensor Centre { get; } = ZerosBeside(Parameter);

        public void Scale(double factor)
        {
            using var isPositive = Fisher.gt(0);
            _ = Fisher.mul_(isPositive).mul_(factor);
            _ = Centre.mul_(isPositive).mul_(factor);
        }

        public void Take(Tensor fisher)
        {
            _ = Fisher.copy_(fisher);
            using var centre = fisher.mul(Parameter);
            _ = Centre.copy_(centre);
        }

        public void Dispose()
        {
            Fisher.Dispose();
            Centre.Dispose();
        }

        private static Tensor ZerosBeside(Parameter parameter) => zeros(
            parameter.shape, parameter.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32).DetachFromDisposeScope();
    }
}
