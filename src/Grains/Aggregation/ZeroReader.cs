using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>Tensors that are zero.</summary>
internal sealed class ZeroReader(long length) : ITensorReader
{
    public long Length => length;

    public void Read(long offset, Span<byte> destination) => destination.Clear();

    public void Dispose()
    {
    }
}
