using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Grains.Running.Tests;

/// <summary>A model of two tensors: seven float32 and one int64 counter.</summary>
internal static class TestModel
{
    public const int Weights = 7;

    public static ModelManifest Manifest { get; } = new(
    [
        new TensorSpec("layer.weight", ElementType.Float32, new TensorShape(Weights)),
        new TensorSpec("layer.count", ElementType.Int64, new TensorShape()),
    ]);

    /// <summary>Weight number i is <paramref name="weight"/> times i + 1.</summary>
    public static byte[] With(float weight, long count = 0)
    {
        var bytes = new byte[Manifest.ByteLength];
        var weights = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, Weights * sizeof(float)));
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = weight * (i + 1);
        }

        MemoryMarshal.Cast<byte, long>(bytes.AsSpan((int)Manifest.OffsetOf(1)))[0] = count;
        return bytes;
    }

    /// <summary>The weighted average by pencil: one chain of fused multiply-adds in float64 for each number.</summary>
    public static byte[] Average(params (byte[] Update, long Samples)[] updates)
    {
        var total = (double)updates.Sum(update => update.Samples);
        var average = With(0);
        var weights = MemoryMarshal.Cast<byte, float>(average.AsSpan(0, Weights * sizeof(float)));
        var counter = 0.0;
        for (var i = 0; i < Weights; i++)
        {
            var sum = 0.0;
            foreach (var (update, samples) in updates)
            {
                sum = Math.FusedMultiplyAdd(samples / total, MemoryMarshal.Cast<byte, float>(update)[i], sum);
            }

            weights[i] = (float)sum;
        }

        foreach (var (update, samples) in updates)
        {
            counter = Math.FusedMultiplyAdd(samples / total, MemoryMarshal.Cast<byte, long>(update)[^1], counter);
        }

        MemoryMarshal.Cast<byte, long>(average.AsSpan())[^1] = (long)Math.Round(counter);
        return average;
    }
}
