using System.Collections.Immutable;

using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Models;

/// <summary>Presents tensors that lie somewhere in a file as the contiguous bytes of their manifest.</summary>
internal sealed class ScatteredTensors(SafeFileHandle file, ModelManifest manifest, ImmutableArray<long> positions)
{
    public void Read(long offset, Span<byte> destination)
    {
        TensorRange.Require(manifest, offset, destination.Length);
        for (var tensor = manifest.IndexAt(offset); !destination.IsEmpty; tensor++)
        {
            var (start, length) = (manifest.OffsetOf(tensor), manifest.Tensors[tensor].ByteLength);
            var end = manifest.EndOf(tensor);
            var within = offset - start;

            var values = (int)Math.Clamp(length - within, 0, destination.Length);
            TensorRange.ReadExactly(file, positions[tensor] + within, destination[..values]);
            var taken = (int)Math.Min(end - offset, destination.Length);
            destination[values..taken].Clear();

            destination = destination[taken..];
            offset += taken;
        }
    }
}
