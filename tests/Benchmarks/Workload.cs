using Actors.Contracts.Tensors;

namespace Actors.Benchmarks;

/// <summary>A model of the synthetic template: float32 tensors of the same size.</summary>
/// <param name="Tensors">How many.</param>
/// <param name="Parameters">Numbers in all of them; the first tensors get the rest.</param>
internal sealed record Workload(int Tensors, long Parameters)
{
    /// <summary>10 KB.</summary>
    public static Workload Tiny { get; } = new(6, 2500);

    /// <summary>Fifty tensors.</summary>
    public static Workload Millions(int millions) => new(50, millions * 1_000_000L);

    /// <summary>The layout.</summary>
    public ModelManifest Manifest() => new(Enumerable.Range(0, Tensors).Select(tensor =>
        new TensorSpec($"tensor_{tensor}", ElementType.Float32, new((Parameters / Tensors) + (tensor < Parameters % Tensors ? 1 : 0)))));
}
