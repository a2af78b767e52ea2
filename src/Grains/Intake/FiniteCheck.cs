using System.Buffers;
using System.Globalization;

using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Grains.Intake;

/// <summary>Finds NaN and infinity in stored tensors, block by block.</summary>
internal static class FiniteCheck
{
    private const int BlockBytes = 1 << 18;

    /// <summary>The first element that is not finite, as <c>name[index] = value</c>; null when all are.</summary>
    public static string? FirstNonFinite(ITensorReader reader, ModelManifest manifest)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            for (var tensor = 0; tensor < manifest.Tensors.Length; tensor++)
            {
                var spec = manifest.Tensors[tensor];
                for (var done = 0L; spec.Type.IsFloatingPoint() && done < spec.ByteLength; done += BlockBytes)
                {
                    var block = buffer.AsSpan(0, (int)Math.Min(BlockBytes, spec.ByteLength - done));
                    reader.Read(manifest.OffsetOf(tensor) + done, block);
                    if (NonFiniteElements.IndexOfFirst(spec.Type, block) is >= 0 and var index)
                    {
                        var element = (done / spec.Type.SizeInBytes()) + index;
                        return string.Create(
                            CultureInfo.InvariantCulture, $"{spec.Name}[{element}] = {NonFiniteElements.ValueAt(spec.Type, block, index)}");
                    }
                }
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
