using Actors.Contracts.Tensors;

using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks.Kernels;

/// <summary>What is done with every chunk on its way: its digest, and the head that says where it belongs.</summary>
public class ByteKernels
{
    private readonly byte[] _bytes = new byte[60 << 10];
    private readonly byte[] _head = new byte[ChunkEncoding.LongestHead];
    private readonly TensorDigester _digester = new();

    /// <summary>Makes the bytes.</summary>
    [GlobalSetup]
    public void Fill() => new Random(0).NextBytes(_bytes);

    /// <summary>The digest's share of a chunk of 60 KiB.</summary>
    [Benchmark]
    public void Digest() => _digester.Append(_bytes);

    /// <summary>A chunk's head, written and read.</summary>
    [Benchmark]
    public ChunkHead Head()
    {
        var length = ChunkEncoding.WritePushHead(_head, 1L << 33, _bytes.Length);
        return ChunkEncoding.TryReadPushHead(_head, length + _bytes.Length, out var head)
            ? head
            : throw new InvalidOperationException("A head that was written cannot be read.");
    }
}
