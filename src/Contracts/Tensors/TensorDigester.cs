using System.Buffers;
using System.IO.Hashing;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Tensors;

/// <summary>Computes a <see cref="TensorDigest"/> piece by piece. Not safe for use by several threads at once.</summary>
public sealed class TensorDigester
{
    private const int ReadBytes = 1 << 20;

    private readonly XxHash128 _hash = new();

    /// <summary>The digest of bytes that are all at hand.</summary>
    public static TensorDigest Of(ReadOnlySpan<byte> bytes) => new(XxHash128.HashToUInt128(bytes));

    /// <summary>Takes the next bytes, in order.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);

    /// <summary>Takes the first bytes of a file, or all there are.</summary>
    public void Append(SafeFileHandle file, long length = long.MaxValue)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            var offset = 0L;
            while (RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(ReadBytes, length - offset)), offset) is > 0 and var count)
            {
                Append(buffer.AsSpan(0, count));
                offset += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The digest of what was taken so far; more may follow.</summary>
    public TensorDigest Current() => new(_hash.GetCurrentHashAsUInt128());
}
