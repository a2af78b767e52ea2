using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using Actors.Contracts.Tensors;

namespace Actors.Benchmarks.Clients;

/// <summary>Makes an update of a model without either being in memory.</summary>
internal static class UpdateFile
{
    private const int BlockBytes = 1 << 18;

    /// <summary>Writes the model with a number added to every parameter.</summary>
    /// <returns>The digest of what was written.</returns>
    public static Task<TensorDigest> WriteAsync(string model, string update, float shift) => Task.Run(() =>
    {
        using var from = File.OpenHandle(model);
        using var to = File.OpenHandle(update, FileMode.Create, FileAccess.Write);
        var digester = new TensorDigester();
        var block = new byte[BlockBytes];
        var offset = 0L;
        while (RandomAccess.Read(from, block, offset) is > 0 and var count)
        {
            Add(MemoryMarshal.Cast<byte, float>(block.AsSpan(0, count)), shift);
            digester.Append(block.AsSpan(0, count));
            RandomAccess.Write(to, block.AsSpan(0, count), offset);
            offset += count;
        }

        return digester.Current();
    });

    private static void Add(Span<float> parameters, float shift)
    {
        var vectors = MemoryMarshal.Cast<float, Vector512<float>>(parameters);
        foreach (ref var vector in vectors)
        {
            vector += Vector512.Create(shift);
        }

        for (var i = vectors.Length * Vector512<float>.Count; i < parameters.Length; i++)
        {
            parameters[i] += shift;
        }
    }
}
