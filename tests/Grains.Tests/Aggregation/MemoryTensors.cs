using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation.Tests;

/// <summary>Bytes in memory, read as the store's are.</summary>
internal sealed class MemoryReader(byte[] bytes) : ITensorReader
{
    public long Length => bytes.Length;

    public void Read(long offset, Span<byte> destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);

    public void Dispose()
    {
    }
}

/// <summary>Bytes in memory, written as the store's are.</summary>
internal sealed class MemoryStage : ITensorStage
{
    private readonly List<byte> _bytes = [];

    public long Length => _bytes.Count;

    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(_bytes);

    public void Append(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public TensorDigest Digest() => TensorDigester.Of(Bytes);

    public TensorDigest Commit() => Digest();

    public void Abandon() => _bytes.Clear();

    public void Dispose()
    {
    }
}

/// <summary>A model's bytes, tensor by tensor.</summary>
internal static class ModelBytes
{
    /// <summary>The values of each tensor at its offset, zeros between.</summary>
    public static byte[] Of(ModelManifest manifest, params ReadOnlySpan<double[]> tensors)
    {
        var bytes = new byte[manifest.ByteLength];
        for (var i = 0; i < tensors.Length; i++)
        {
            var spec = manifest.Tensors[i];
            ElementBlocks.FromDouble(spec.Type, tensors[i], bytes.AsSpan((int)manifest.OffsetOf(i), (int)spec.ByteLength));
        }

        return bytes;
    }

    /// <summary>One tensor's values.</summary>
    public static double[] Tensor(ModelManifest manifest, ReadOnlySpan<byte> bytes, int tensor)
    {
        var spec = manifest.Tensors[tensor];
        var values = new double[spec.Shape.ElementCount];
        ElementBlocks.ToDouble(spec.Type, bytes.Slice((int)manifest.OffsetOf(tensor), (int)spec.ByteLength), values);
        return values;
    }
}
