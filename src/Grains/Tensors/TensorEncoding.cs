using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>Tensors in the form that a compression pipeline gave them.</summary>
/// <param name="Digest">The digest of the encoded bytes.</param>
/// <param name="ByteLength">Their length.</param>
/// <param name="Basis">The model that they are a change of; null when they are values.</param>
[GenerateSerializer, Immutable, Alias("tensor-encoding")]
public sealed record TensorEncoding(
    [property: Id(0)] TensorDigest Digest,
    [property: Id(1)] long ByteLength,
    [property: Id(2)] TensorDigest? Basis);
