using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments;

/// <summary>What an experiment came to. Owns the modules.</summary>
public sealed class ExperimentResult : IDisposable
{
    internal ExperimentResult(Module<Tensor, Tensor> model, Module<Tensor, Tensor>? best, MetricsTable metrics) =>
        (Model, BestModel, Metrics) = (model, best, metrics);

    /// <summary>The network with the weights after the last round; in evaluation mode, on the CPU.</summary>
    public Module<Tensor, Tensor> Model { get; }

    /// <summary>The network with the best weights by the plan's <c>best_metric</c>; null when nothing was measured by it.</summary>
    public Module<Tensor, Tensor>? BestModel { get; }

    /// <summary>What was measured, round by round.</summary>
    public MetricsTable Metrics { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        BestModel?.Dispose();
    }
}
