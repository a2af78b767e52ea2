using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Silo.Running.Tests;

/// <summary>A model of two tensors: seven float32 and one int64 counter.</summary>
internal static class TestModel
{
    public static ModelManifest Manifest { get; } = new(
    [
        new TensorSpec("layer.weight", ElementType.Float32, new TensorShape(7)),
        new TensorSpec("layer.count", ElementType.Int64, new TensorShape()),
    ]);

    /// <summary>All weights the same.</summary>
    public static byte[] Filled(float weight, long count = 0)
    {
        var bytes = new byte[Manifest.ByteLength];
        MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, 28)).Fill(weight);
        MemoryMarshal.Cast<byte, long>(bytes.AsSpan((int)Manifest.OffsetOf(1)))[0] = count;
        return bytes;
    }

    public static float WeightIn(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, float>(bytes)[0];

    public static long CountIn(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, long>(bytes[(int)Manifest.OffsetOf(1)..])[0];
}
