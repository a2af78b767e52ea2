namespace Actors.Grains.Tensors;

/// <summary>The published tensors.</summary>
[GenerateSerializer, Immutable, Alias("tensor-catalogue")]
public sealed record TensorCatalogueState
{
    /// <summary>What each kept round starts from, oldest first.</summary>
    [Id(0)]
    public IReadOnlyList<PublishedTensors> Published { get; init; } = [];
}

/// <summary>What a round starts from.</summary>
/// <param name="Round">The round.</param>
/// <param name="Bundles">The tensors.</param>
[GenerateSerializer, Immutable, Alias("published-tensors")]
public sealed record PublishedTensors([property: Id(0)] int Round, [property: Id(1)] IReadOnlyList<TensorBundle> Bundles);
