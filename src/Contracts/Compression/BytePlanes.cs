namespace Actors.Contracts.Compression;

/// <summary>
/// The bytes of many numbers with all lowest bytes first and all highest last: signs and exponents, which are alike, lie together, and a
/// byte compressor finds them.
/// </summary>
internal static class BytePlanes
{
    /// <summary>Takes little-endian numbers of <paramref name="size"/> bytes apart.</summary>
    public static void Split(ReadOnlySpan<byte> numbers, int size, Span<byte> planes)
    {
        var count = numbers.Length / size;
        for (var plane = 0; plane < size; plane++)
        {
            var to = planes.Slice(plane * count, count);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = numbers[(i * size) + plane];
            }
        }
    }

    /// <summary>Puts them together again.</summary>
    public static void Join(ReadOnlySpan<byte> planes, int size, Span<byte> numbers)
    {
        var count = numbers.Length / size;
        for (var plane = 0; plane < size; plane++)
        {
            var from = planes.Slice(plane * count, count);
            for (var i = 0; i < from.Length; i++)
            {
                numbers[(i * size) + plane] = from[i];
            }
        }
    }
}
