using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>A run of tensor bytes by its names; the bytes themselves are in the <see cref="ITensorStore"/>.</summary>
/// <param name="Kind">What the tensors are: one of <see cref="BundleKinds"/>.</param>
/// <param name="Digest">The digest of the bytes; of an encoded update, those that its sender encoded.</param>
/// <param name="ManifestHash">The hash of the layout.</param>
/// <param name="ByteLength">The length of the bytes, the encoding's not meant.</param>
[GenerateSerializer, Immutable, Alias("bundle")]
public sealed record TensorBundle(
    [property: Id(0)] string Kind,
    [property: Id(1)] TensorDigest Digest,
    [property: Id(2)] TensorDigest ManifestHash,
    [property: Id(3)] long ByteLength)
{
    /// <summary>The encoded form that stands for the bytes in store and transport; null when they are there themselves.</summary>
    [Id(4)]
    public TensorEncoding? Encoding { get; init; }

    /// <summary>The digest of the bytes that are stored for it.</summary>
    public TensorDigest StoredDigest => Encoding?.Digest ?? Digest;

    /// <summary>The length of the bytes that are stored for it.</summary>
    public long StoredLength => Encoding?.ByteLength ?? ByteLength;
}
