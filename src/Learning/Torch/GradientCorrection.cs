using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>
/// SCAFFOLD's correction of local steps (Karimireddy et al. 2020, equation 3): the gradient g becomes g − cᵢ + c. Made on the gradients it serves
/// every optimizer. The gradients before it are averaged in float64: their mean is the next cᵢ.
/// </summary>
internal sealed class GradientCorrection : IGradientControl
{
    private readonly Dictionary<string, Entry> _entries;
    private int _steps;

    /// <param name="parameters">The network's parameters by their names in the model.</param>
    public GradientCorrection(IEnumerable<(string Name, Parameter Parameter)> parameters)
    {
        using var frozen = no_grad();
        _entries = parameters
            .Where(entry => entry.Parameter.requires_grad)
            .DistinctBy(entry => entry.Parameter.Handle)
            .ToDictionary(entry => entry.Name, entry => new Entry(
                entry.Parameter,
                zeros(entry.Parameter.shape, entry.Parameter.dtype).DetachFromDisposeScope(),
                zeros(entry.Parameter.shape, ScalarType.Float64).DetachFromDisposeScope()));
    }

    /// <summary>Takes c − cᵢ of one tensor.</summary>
    public void Write(string name, ReadOnlySpan<byte> source)
    {
        if (_entries.TryGetValue(name, out var entry))
        {
            TensorBytes.Write(entry.Correction, source);
        }
    }

    public void Correct()
    {
        using var frozen = no_grad();
        _steps++;
        foreach (var (parameter, correction, sum) in _entries.Values)
        {
            using var gradient = parameter.grad;
            if (gradient is not null)
            {
                _ = sum.add_(gradient);
                _ = gradient.add_(correction);
            }
        }
    }

    /// <summary>Copies out the mean of one tensor's gradients.</summary>
    public void Read(string name, Span<byte> destination)
    {
        if (_steps == 0)
        {
            throw TorchTaskRunner.Uncorrected();
        }

        if (!_entries.TryGetValue(name, out var entry))
        {
            destination.Clear();
            return;
        }

        using var frozen = no_grad();
        using var mean = entry.Sum.div(_steps);
        using var typed = mean.to_type(entry.Parameter.dtype);
        TensorBytes.Read(typed, destination);
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Correction.Dispose();
            entry.Sum.Dispose();
        }
    }

    private sealed record Entry(Parameter Parameter, Tensor Correction, Tensor Sum);
}
