using System.Collections.Concurrent;

using Actors.Contracts.Tensors;
using Actors.Contracts.Wire.OpenFl;
using Actors.Grains.Tensors;

namespace Actors.Silo.OpenFl;

/// <summary>What a round starts from, by the names of its tensors.</summary>
internal sealed class PublishedRound
{
    private readonly Dictionary<string, PublishedTensor> _tensors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<NamedTensor?>> _changes = new(StringComparer.Ordinal);

    /// <summary>
    /// Looks through the model and the optimizer's state; of two tensors of one name the first counts. What else a round starts from has the
    /// names of the model's tensors, and these collaborators do not know it.
    /// </summary>
    public PublishedRound(IEnumerable<TensorBundle> bundles, Func<TensorBundle, ModelManifest> layoutOf)
    {
        foreach (var bundle in bundles.Where(bundle => bundle.Kind is BundleKinds.Model or BundleKinds.Optimizer))
        {
            var manifest = layoutOf(bundle);
            for (var tensor = 0; tensor < manifest.Tensors.Length; tensor++)
            {
                var spec = manifest.Tensors[tensor];
                _tensors.TryAdd(spec.Name, new(bundle, manifest, manifest.OffsetOf(tensor), spec));
            }
        }
    }

    /// <summary>The tensor of a name; null when there is none.</summary>
    public PublishedTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>A tensor's change in packed form, which all collaborators ask for and one call makes; null when it has none.</summary>
    public NamedTensor? Change(string name, Func<NamedTensor?> pack) => _changes.GetOrAdd(name, _ => new(pack)).Value;
}

/// <summary>Where a published tensor lies.</summary>
/// <param name="Bundle">The bytes it lies in.</param>
/// <param name="Manifest">Their layout.</param>
/// <param name="Offset">Where it starts in them.</param>
/// <param name="Spec">What it is.</param>
internal sealed record PublishedTensor(TensorBundle Bundle, ModelManifest Manifest, long Offset, TensorSpec Spec);
