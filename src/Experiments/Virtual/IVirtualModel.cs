using Actors.Contracts.Tensors;

namespace Actors.Experiments.Virtual;

/// <summary>What virtual collaborators train. Its parameters are float32 numbers, laid out as its manifest says.</summary>
public interface IVirtualModel
{
    /// <summary>The layout of the parameters; all of them float32.</summary>
    ModelManifest Manifest { get; }

    /// <summary>How many may train at once and still come to the same bytes as one after the other.</summary>
    int MostWorkers { get; }

    /// <summary>The parameters to begin with; the same for the same seed.</summary>
    /// <param name="model">Takes them, as the manifest lays them out.</param>
    /// <param name="seed">What they are drawn from.</param>
    void Initialize(Span<float> model, long seed);

    /// <summary>Makes what one worker trains with; it takes one collaborator after the other.</summary>
    IVirtualTrainer NewTrainer();
}
