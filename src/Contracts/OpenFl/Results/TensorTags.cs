namespace Actors.Contracts.OpenFl;

/// <summary>The words by which the original tells arrays of one name apart. In a message they are sorted.</summary>
public static class TensorTags
{
    /// <summary>The model that a round starts from.</summary>
    public const string Model = "model";

    /// <summary>The result of a training.</summary>
    public const string Trained = "trained";

    /// <summary>What a round's updates came to; with <see cref="Delta"/>, its difference to the round's model.</summary>
    public const string Aggregated = "aggregated";

    /// <summary>A difference to the model of the round.</summary>
    public const string Delta = "delta";

    /// <summary>Packed so that no value changes.</summary>
    public const string Compressed = "compressed";

    /// <summary>Packed by the plan's pipeline, with a loss.</summary>
    public const string LossyCompressed = "lossy_compressed";

    /// <summary>A metric.</summary>
    public const string Metric = "metric";
}
