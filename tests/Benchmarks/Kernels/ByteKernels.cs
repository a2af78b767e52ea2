using Actors.Contracts.Tensors;

using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks.Kernels;

/// <summary>What is done with every byte on its way: its digest.</summary>
public class ByteKernels
{
    private readonly byte[] _bytes = new byte[512 << 10];
    private readonly TensorDigester _digester = new();

    /// <summary>Makes the bytes.</summary>
    [GlobalSetup]
    public void Fill() => new Random(0).NextBytes(_bytes);

    /// <summary>The digest's share of a piece of 512 KiB.</summary>
    [Benchmark]
    public void Digest() => _digester.Append(_bytes);
}
