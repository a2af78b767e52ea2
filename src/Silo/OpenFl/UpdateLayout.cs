using Actors.Contracts.OpenFl;
using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Silo.OpenFl;

/// <summary>Sorts the tensors of a training into the experiment's model and, where they are averaged, the optimizer's state.</summary>
internal sealed class UpdateLayout
{
    private readonly Dictionary<string, PackedTensor> _trained = new(StringComparer.Ordinal);
    private readonly bool _takesOptimizer;

    /// <exception cref="InvalidDataException">Two tensors have one name.</exception>
    public UpdateLayout(IEnumerable<PackedTensor> tensors, bool takesOptimizer)
    {
        _takesOptimizer = takesOptimizer;
        foreach (var tensor in tensors.Where(tensor => !tensor.Tags.Contains(TensorTags.Metric)))
        {
            if (!_trained.TryAdd(tensor.Name, tensor))
            {
                throw new InvalidDataException($"two tensors are called '{tensor.Name}'");
            }
        }
    }

    /// <summary>Whether there is anything but metrics.</summary>
    public bool HasUpdate => _trained.Count > 0;

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public PackedTensor Find(string name) => _trained.TryGetValue(name, out var tensor)
        ? tensor
        : throw new InvalidDataException($"the model's tensor '{name}' is missing");

    /// <summary>
    /// The bundles of the update by kind, each with its layout. An optimizer's tensors are those that the model does not have, in
    /// the order of their names: collaborators need not send them in the same order.
    /// </summary>
    /// <exception cref="InvalidDataException">An optimizer's tensor has no possible shape.</exception>
    public IEnumerable<(string Kind, ModelManifest Layout)> Layouts(ModelManifest model)
    {
        yield return (BundleKinds.Model, model);
        var own = model.Tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var others = _trained.Values.Where(tensor => !own.Contains(tensor.Name)).OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        if (_takesOptimizer && others.Count > 0)
        {
            yield return (
                BundleKinds.Optimizer,
                new(others.Select(tensor => new TensorSpec(tensor.Name, ElementType.Float32, TensorValues.ShapeOf(tensor)))));
        }
    }
}
