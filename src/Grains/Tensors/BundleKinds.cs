namespace Actors.Grains.Tensors;

/// <summary>What a bundle's tensors are.</summary>
public static class BundleKinds
{
    /// <summary>The weights and buffers of the model.</summary>
    public const string Model = "model";

    /// <summary>The state of the collaborators' optimizers, averaged like weights (treatment CONTINUE_GLOBAL).</summary>
    public const string Optimizer = "optimizer";
}
