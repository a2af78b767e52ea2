namespace Actors.Grains.Tensors;

/// <summary>Looks through bundles.</summary>
public static class TensorBundles
{
    /// <summary>The bundle of a kind; null when there is none.</summary>
    public static TensorBundle? Find(this IEnumerable<TensorBundle> bundles, string kind) =>
        bundles.FirstOrDefault(bundle => bundle.Kind == kind);
}
