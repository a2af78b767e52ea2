namespace Actors.Contracts.Compression;

/// <summary>
/// What is done to tensors before they travel, in three steps: which elements are sent, how their values are written, and what is done to the
/// bytes. Every plan's pipeline is a choice of the three. It works on float32 elements, in chunks; other tensors travel as they are, their
/// bytes compressed where the pipeline compresses bytes.
/// </summary>
public sealed record CompressionPipeline
{
    /// <summary>Everything as it is.</summary>
    public static CompressionPipeline None { get; } = new();

    /// <summary>The share of the elements that is sent, those of largest magnitude; the others are read as 0. Above 0; 1 sends all.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>How the values are written.</summary>
    public ValueFormat Values { get; init; } = ValueFormat.Float32;

    /// <summary>The number of centroids of <see cref="ValueFormat.KMeans"/>, 2 to 256.</summary>
    public int Clusters { get; init; } = 6;

    /// <summary>The bits a value of <see cref="ValueFormat.Eden"/>, 1 to 8.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>The level of zstd, 1 to 22; 0 leaves the bytes as they are.</summary>
    public int ZstdLevel { get; init; }

    /// <summary>Whether what is read is what was written, bit by bit.</summary>
    public bool IsLossless => Fraction == 1 && Values is ValueFormat.Float32;

    /// <summary>Whether tensors travel as if there were no pipeline.</summary>
    public bool IsNone => IsLossless && ZstdLevel == 0;

    /// <summary>
    /// Whether the error has a direction, so that it does not average out over rounds or collaborators: what one encoding leaves out has to be
    /// added to what the next one encodes.
    /// </summary>
    public bool NeedsErrorFeedback => Fraction < 1 || Values is ValueFormat.Ternary or ValueFormat.KMeans;

    /// <summary>Whether it sets most elements to 0, which is right for a change of a model and wrong for a model.</summary>
    public bool NeedsDeltas => Fraction < 1 || Values is ValueFormat.Ternary;

    /// <summary>What is out of range, as a sentence; null when nothing is.</summary>
    public string? Problem() => this switch
    {
        { Fraction: not (> 0 and <= 1) } => $"A fraction of {Fraction} cannot be sent; it is above 0 and at most 1.",
        { Values: ValueFormat.KMeans, Clusters: < 2 or > 256 } => $"{Clusters} clusters cannot be told apart in a byte; use 2 to 256.",
        { Values: ValueFormat.Eden, Bits: < 1 or > 8 } => $"EDEN with {Bits} bits is not known; use 1 to 8.",
        { ZstdLevel: < 0 or > 22 } => $"zstd has no level {ZstdLevel}; use 1 to 22, or 0 for none.",
        _ when !Enum.IsDefined(Values) => $"The value format {Values} is not known; use a newer version.",
        _ => null,
    };
}
