using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Models;

/// <summary>Reading a stretch of bytes, all of it or not at all.</summary>
internal static class TensorRange
{
    public static void Require(ModelManifest manifest, long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, manifest.ByteLength - count);
    }

    public static void ReadExactly(SafeFileHandle file, long position, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(file, destination, position);
            if (read == 0)
            {
                throw new EndOfStreamException("The file became shorter while it was read.");
            }

            destination = destination[read..];
            position += read;
        }
    }
}
