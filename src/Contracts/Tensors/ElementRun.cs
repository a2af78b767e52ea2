namespace Actors.Contracts.Tensors;

/// <summary>
/// Neighbouring tensors of one element type with the padding between them: what can be aggregated or encoded in one go, so that many small
/// tensors do not make many small blocks.
/// </summary>
/// <param name="Type">The element type.</param>
/// <param name="Offset">Where it starts, in bytes.</param>
/// <param name="Elements">How many elements, padding counted in.</param>
/// <param name="Padding">The bytes between tensors: where, and how many.</param>
public sealed record ElementRun(ElementType Type, long Offset, long Elements, IReadOnlyList<(long Offset, int Bytes)> Padding)
{
    /// <summary>The runs of a layout; together all its bytes.</summary>
    public static IReadOnlyList<ElementRun> Of(ModelManifest manifest)
    {
        var runs = new List<ElementRun>();
        for (var first = 0; first < manifest.Tensors.Length;)
        {
            var (type, offset, padding) = (manifest.Tensors[first].Type, manifest.OffsetOf(first), new List<(long, int)>());
            var end = offset;
            for (; first < manifest.Tensors.Length && manifest.Tensors[first].Type == type; first++)
            {
                var filled = manifest.OffsetOf(first) + manifest.Tensors[first].ByteLength;
                end = manifest.EndOf(first);
                if (end > filled)
                {
                    padding.Add((filled, (int)(end - filled)));
                }
            }

            if (end > offset)
            {
                runs.Add(new(type, offset, (end - offset) / type.SizeInBytes(), padding));
            }
        }

        return runs;
    }

    /// <summary>Sets the padding in a part of the run to zero, whatever the updates have there.</summary>
    /// <param name="offset">Where the part starts, in bytes of the model.</param>
    /// <param name="part">Its bytes.</param>
    public void ClearPadding(long offset, Span<byte> part)
    {
        foreach (var (at, bytes) in Padding)
        {
            var (from, to) = (Math.Max(at - offset, 0), Math.Min(at + bytes - offset, part.Length));
            if (from < to)
            {
                part[(int)from..(int)to].Clear();
            }
        }
    }
}
