using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>A run of tensor bytes by its names; the bytes themselves are in the <see cref="ITensorStore"/>.</summary>
/// <param name="Kind">What the tensors are: one of <see cref="BundleKinds"/>.</param>
/// <param name="Digest">The digest of the bytes.</param>
/// <param name="ManifestHash">The hash of the layout.</param>
/// <param name="ByteLength">The length of the bytes.</param>
[GenerateSerializer, Immutable, Alias("bundle")]
public sealed record TensorBundle(
    [property: Id(0)] string Kind,
    [property: Id(1)] TensorDigest Digest,
    [property: Id(2)] TensorDigest ManifestHash,
    [property: Id(3)] long ByteLength);
