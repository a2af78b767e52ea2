using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>
/// The gradient of FedProx's proximal term μ/2 ‖w − wᵗ‖² (Li et al. 2020, Federated Optimization in Heterogeneous Networks, equation 2):
/// it draws a local model back to the global one wᵗ that it started from. Added to the gradients it serves every optimizer.
/// </summary>
internal sealed class ProximalTerm : IDisposable
{
    private readonly double _mu;
    private readonly List<(Parameter Parameter, Tensor Start)> _anchors;

    /// <param name="parameters">The network's parameters as they are in the global model; they are copied.</param>
    /// <param name="mu">μ, above 0.</param>
    public ProximalTerm(IEnumerable<Parameter> parameters, double mu)
    {
        _mu = mu;
        using var frozen = no_grad();
        _anchors = [.. parameters.Where(parameter => parameter.requires_grad).Select(parameter => (parameter, parameter.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>Adds μ (w − wᵗ) to every gradient there is.</summary>
    public void AddToGradients()
    {
        using var frozen = no_grad();
        foreach (var (parameter, start) in _anchors)
        {
            using var gradient = parameter.grad;
            if (gradient is not null)
            {
                using var distance = parameter.sub(start);
                using var same = gradient.add_(distance, _mu);
            }
        }
    }

    public void Dispose() => _anchors.ForEach(anchor => anchor.Start.Dispose());
}
