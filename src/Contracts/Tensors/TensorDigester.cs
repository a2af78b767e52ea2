using System.IO.Hashing;

namespace Actors.Contracts.Tensors;

/// <summary>Computes a <see cref="TensorDigest"/> piece by piece. Not safe for use by several threads at once.</summary>
public sealed class TensorDigester
{
    private readonly XxHash128 _hash = new();

    /// <summary>The digest of bytes that are all at hand.</summary>
    public static TensorDigest Of(ReadOnlySpan<byte> bytes) => new(XxHash128.HashToUInt128(bytes));

    /// <summary>Takes the next bytes, in order.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);

    /// <summary>The digest of what was taken so far; more may follow.</summary>
    public TensorDigest Current() => new(_hash.GetCurrentHashAsUInt128());
}
