using Actors.Contracts.Compression;

namespace Actors.Contracts.OpenFl;

/// <summary>
/// EDEN (Vargaftik et al., 2022): a random rotation makes the numbers normally distributed, each is rounded to the best of 2ᵇ levels
/// for that distribution, and a scale for each slice makes the estimate unbiased. The record holds seed, length, and each slice's scale and size.
/// </summary>
/// <remarks>
/// The levels are exact here. The original ships them rounded: its decoder and this one differ by less than 10⁻⁴ of a slice's
/// standard deviation up to 7 bits, by 5·10⁻⁴ for 8. Arrays below the original's threshold travel as they are, with no table.
/// </remarks>
public sealed class Eden : ITensorPipeline
{
    private const int FirstSlice = 2;
    private const int MostBits = 8;
    private const int LargestSlice = 1 << 28;

    private static readonly NoCompression Plain = new();

    /// <inheritdoc/>
    public string Name => "eden";

    /// <inheritdoc/>
    public void Unpack(IReadOnlyList<PackingRecord> records, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records is not [var record, ..] || record.Table.Count == 0)
        {
            Plain.Unpack(records, bytes, values);
            return;
        }

        var slices = SlicesOf(record.Table);
        var padded = slices.Sum(slice => (long)slice.Size);
        var bits = padded == 0 ? 0 : bytes.Length * 8L / padded;
        if (bits is < 1 or > MostBits || bytes.Length * 8L != bits * padded || padded < values.Length)
        {
            throw new InvalidDataException($"{bytes.Length} bytes do not hold {values.Length} numbers in slices of {padded} in all");
        }

        var (levels, seed) = (LloydMax.Centroids((int)bits), (uint)record.Table.GetValueOrDefault(0));
        var numbers = new float[slices.Max(slice => slice.Size)];
        var start = 0L;
        foreach (var (size, scale) in slices)
        {
            var slice = numbers.AsSpan(0, size);
            ReadLevels(bytes, padded, start, levels, slice);
            Rotate(slice, seed, scale);
            var taken = (int)Math.Clamp(values.Length - start, 0, size);
            slice[..taken].CopyTo(values[(int)Math.Min(start, values.Length)..]);
            start += size;
        }
    }

    /// <summary>The signs of a rotation, +1 or -1, by the original's own generator.</summary>
    internal static void Signs(uint seed, Span<float> signs)
    {
        var lanes = (signs.Length + 7) / 8;
        var state = unchecked((((seed * 1664525) + 1013904223) * 8121) + 28411);
        for (var lane = 0; lane < lanes; lane++)
        {
            var bits = Mixed(unchecked((uint)lane + state), state);
            for (var nibble = 0; nibble < 8; nibble++)
            {
                if ((nibble * lanes) + lane is var at && at < signs.Length)
                {
                    signs[at] = ((bits >> (4 * nibble)) & 15) >= 8 ? 1 : -1;
                }
            }
        }
    }

    private static uint Mixed(uint value, uint state)
    {
        unchecked
        {
            value = (1103515245 * value) + 12345 + state;
            value = (1140671485 * value) + 12820163 + state;
            var wide = value + 0x9E3779B9UL; // Beyond 32 bits for once.
            value = (uint)(wide ^ (wide >> 16)) * 0x85EBCA6B;
            value = (value ^ (value >> 13)) * 0xC2B2AE35;
            return value ^ (value >> 16);
        }
    }

    private static List<(int Size, float Scale)> SlicesOf(IReadOnlyDictionary<int, float> table)
    {
        var slices = new List<(int, float)>();
        for (var key = FirstSlice; table.TryGetValue(key, out var scale); key += 2)
        {
            var size = table.GetValueOrDefault(key + 1);
            slices.Add(size is >= 8 and <= LargestSlice && (int)size == size && int.IsPow2((int)size)
                ? ((int)size, scale)
                : throw new InvalidDataException($"a slice of {size} numbers is none"));
        }

        return slices;
    }

    // One plane for each bit, lowest first; in a byte of a plane the lowest bit comes first.
    private static void ReadLevels(ReadOnlySpan<byte> bytes, long padded, long start, float[] levels, Span<float> slice)
    {
        var planes = bytes.Length * 8L / padded;
        for (var i = 0; i < slice.Length; i++)
        {
            var (level, at) = (0, start + i);
            for (var plane = 0; plane < planes; plane++)
            {
                level |= ((bytes[(int)((plane * padded / 8) + (at / 8))] >> (int)(at % 8)) & 1) << plane;
            }

            slice[i] = levels[level];
        }
    }

    // The two rotations back, the second first.
    private static void Rotate(Span<float> slice, uint seed, float scale)
    {
        var signs = new float[slice.Length];
        var norm = 1 / MathF.Sqrt(slice.Length);
        for (var rotation = 1; rotation >= 0; rotation--)
        {
            Hadamard.Transform(slice);
            Signs(seed + (uint)rotation, signs);
            for (var i = 0; i < slice.Length; i++)
            {
                slice[i] *= norm * signs[i] * (rotation == 0 ? scale : 1);
            }
        }
    }
}
