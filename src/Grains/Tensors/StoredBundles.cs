using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>Bundles in the store, whether they lie there encoded or not.</summary>
public static class StoredBundles
{
    /// <summary>Whether the scope holds the bundle's bytes, whole.</summary>
    public static bool Contains(this ITensorStore store, TensorScope scope, TensorBundle bundle) => store.Contains(scope, bundle.StoredDigest);

    /// <summary>A layout that must be there.</summary>
    /// <exception cref="TensorStoreException">It is not, or cannot be read.</exception>
    public static ModelManifest GetManifest(this ITensorStore store, ExperimentId experiment, TensorDigest hash) => store.FindManifest(experiment, hash)
        ?? throw new TensorStoreException($"The layout {hash} is gone from the tensor store. Restore it from a backup.");

    /// <summary>Opens bytes that must be there; the caller disposes.</summary>
    /// <exception cref="TensorStoreException">They are not, or cannot be read.</exception>
    public static ITensorReader Open(this ITensorStore store, TensorScope scope, TensorDigest digest) =>
        store.TryOpen(scope, digest) ?? throw Gone(scope, digest);

    /// <summary>Opens a bundle's tensors, which must be there; the caller disposes.</summary>
    /// <exception cref="TensorStoreException">They are not, or cannot be read.</exception>
    /// <inheritdoc cref="TryOpen(ITensorStore, TensorScope, TensorBundle, ModelManifest)"/>
    public static ITensorReader Open(this ITensorStore store, TensorScope scope, TensorBundle bundle, ModelManifest manifest) =>
        store.TryOpen(scope, bundle, manifest) ?? throw Gone(scope, bundle.StoredDigest);

    /// <summary>Opens a bundle's tensors for reading; the caller disposes. Null when bytes are gone: its own or those of the model it is a change of.</summary>
    /// <param name="store">The store.</param>
    /// <param name="scope">Where the bundle's bytes lie; the models of its experiment are published ones.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="manifest">Its layout.</param>
    /// <exception cref="FormatException">The bytes are not the encoded form of tensors of this layout.</exception>
    public static ITensorReader? TryOpen(this ITensorStore store, TensorScope scope, TensorBundle bundle, ModelManifest manifest)
    {
        var stored = store.TryOpen(scope, bundle.StoredDigest);
        if (stored is null || bundle.Encoding is not { } encoding)
        {
            return stored;
        }

        var basis = encoding.Basis is { } digest ? store.TryOpen(TensorScope.Models(scope.Experiment), digest) : null;
        if (basis is null && encoding.Basis is not null)
        {
            stored.Dispose();
            return null;
        }

        return new EncodedTensorReader(manifest, stored, basis);
    }

    private static TensorStoreException Gone(TensorScope scope, TensorDigest digest) =>
        new($"The tensors {digest} of {scope} are gone from the tensor store. Restore them from a backup.");
}
