namespace Actors.Contracts.Tensors;

/// <summary>
/// How FedCurv's u and v travel (Shoham et al. 2019): two tensors for each tensor of the model, of its shape, all u first and then all v in
/// the model's order. In float32, in which squared gradients do not vanish as in the narrower types; in float64 where the model is.
/// </summary>
public static class CurvatureLayout
{
    /// <summary>What the name of a tensor of u begins with, before the model tensor's name.</summary>
    public const string Fisher = "u.";

    /// <summary>What the name of a tensor of v begins with, before the model tensor's name.</summary>
    public const string Centre = "v.";

    /// <summary>The layout for a model.</summary>
    public static ModelManifest Of(ModelManifest model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new([.. model.Tensors.Select(tensor => Beside(Fisher, tensor)), .. model.Tensors.Select(tensor => Beside(Centre, tensor))]);
    }

    private static TensorSpec Beside(string prefix, TensorSpec tensor) =>
        new(prefix + tensor.Name, tensor.Type == ElementType.Float64 ? ElementType.Float64 : ElementType.Float32, tensor.Shape);
}
