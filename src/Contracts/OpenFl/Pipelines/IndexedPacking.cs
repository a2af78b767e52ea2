using System.IO.Compression;
using System.Runtime.InteropServices;

using Actors.Contracts.Wire.OpenFl;

namespace Actors.Contracts.OpenFl;

/// <summary>
/// Numbers of which few differ, in the form that <see cref="IndexedValues"/> reads. Here nothing is lost: whoever made them few has
/// decided what is.
/// </summary>
public static class IndexedPacking
{
    // The original's decoder goes through the whole array once for each entry of the table.
    private const int MostEntries = 1024;

    /// <summary>Packs an array.</summary>
    /// <param name="pipeline">The template's name in the plan: it says which record the table is in.</param>
    /// <param name="shape">The array's axes.</param>
    /// <param name="values">Its numbers in row-major order.</param>
    /// <returns>The records and the bytes; null where the form does not serve: too many differ, or the original would misread them.</returns>
    public static (IReadOnlyList<MetadataProto> Records, byte[] Bytes)? TryPack(string pipeline, IEnumerable<int> shape, ReadOnlySpan<float> values)
    {
        if (TableOf(values) is not { } table)
        {
            return null;
        }

        var shaped = new MetadataProto();
        shaped.IntList.AddRange(shape);
        MetadataProto[] records = pipeline == "kc" ? [shaped, new()] : [shaped, new(), new()];
        foreach (var (value, index) in table)
        {
            records[^2].IntToFloat[index] = value;
        }

        return (records, Deflate(values, table));
    }

    // Zero comes first: the original puts each entry in the place of its index, one after another in the same array, so that a number
    // which is itself an index may be replaced again.
    private static Dictionary<float, int>? TableOf(ReadOnlySpan<float> values)
    {
        var table = new Dictionary<float, int>();
        foreach (var value in values)
        {
            if (!float.IsFinite(value) || (table.TryAdd(value, 0) && table.Count > MostEntries))
            {
                return null;
            }
        }

        foreach (var (value, index) in table.Keys.OrderBy(value => value != 0).ThenBy(value => value).Index().Select(entry => (entry.Item, entry.Index)).ToList())
        {
            if (value != 0 && value >= 0 && value < table.Count && value == (int)value)
            {
                return null;
            }

            table[value] = index;
        }

        return table;
    }

    private static byte[] Deflate(ReadOnlySpan<float> values, Dictionary<float, int> table)
    {
        var indices = new float[values.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = table[values[i]];
        }

        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            zip.Write(MemoryMarshal.AsBytes(indices.AsSpan()));
        }

        return packed.ToArray();
    }
}
