using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>One thread's memory for a block of all updates: of a size that stays in the processor's cache while that is possible.</summary>
internal sealed unsafe class BlockBuffers(UpdateFiles updates) : IDisposable
{
    private const long CacheBytes = 768 << 10;
    private const int MostElements = 1 << 16;

    // With ten thousand updates of float64, 20 MiB a thread.
    private const int FewestElements = 256;
    private const int Alignment = 64;

    private readonly double[] _weights = updates.Weights();
    private void* _memory;
    private long _capacity;
    private byte[] _result = [];
    private double[] _wide = [];

    /// <summary>How many elements a block has.</summary>
    public static int Elements(int updates, ElementType type)
    {
        var fitting = CacheBytes / updates / (type == ElementType.Float32 ? sizeof(float) : sizeof(double));
        return (int)Math.Clamp(fitting / FewestElements * FewestElements, FewestElements, MostElements);
    }

    /// <summary>Reads a block of all updates and combines it.</summary>
    /// <returns>The combined block's bytes; valid until the next call.</returns>
    public ReadOnlySpan<byte> Combine(IAggregationRule rule, PolicyChoice choice, ElementRun run, long first, int elements)
    {
        var (offset, bytes) = (run.Offset + (first * run.Type.SizeInBytes()), elements * run.Type.SizeInBytes());
        if (_result.Length < bytes)
        {
            _result = new byte[bytes];
        }

        var result = _result.AsSpan(0, bytes);
        if (run.Type == ElementType.Float32)
        {
            var values = Memory<float>(elements);
            for (var update = 0; update < updates.Count; update++)
            {
                updates.Read(update, offset, MemoryMarshal.AsBytes(values.Slice(update * elements, elements)));
            }

            rule.Combine(choice, new UpdateBlocks<float>(_weights, values, elements), MemoryMarshal.Cast<byte, float>(result));
        }
        else
        {
            CombineWide(rule, choice, run.Type, offset, elements, result);
        }

        run.ClearPadding(offset, result);
        return result;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }

    private void CombineWide(IAggregationRule rule, PolicyChoice choice, ElementType type, long offset, int elements, Span<byte> result)
    {
        var values = Memory<double>(elements);
        for (var update = 0; update < updates.Count; update++)
        {
            updates.Read(update, offset, result);
            ElementBlocks.ToDouble(type, result, values.Slice(update * elements, elements));
        }

        if (_wide.Length < elements)
        {
            _wide = new double[elements];
        }

        var wide = _wide.AsSpan(0, elements);
        rule.Combine(choice, new UpdateBlocks<double>(_weights, values, elements), wide);
        ElementBlocks.FromDouble(type, wide, result);
    }

    private Span<T> Memory<T>(int elements)
        where T : unmanaged
    {
        var needed = (long)elements * updates.Count * sizeof(T);
        if (needed > _capacity)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = NativeMemory.AlignedAlloc((nuint)needed, Alignment);
            _capacity = needed;
        }

        return new(_memory, elements * updates.Count);
    }
}
