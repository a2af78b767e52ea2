using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Actors.Contracts.OpenFl;

/// <summary>
/// Numbers as indices into a short table, the indices as gzip of binary32: what clustering (KC), sparse clustering (SKC) and
/// sparse ternary compression (STC) all come to. One record holds the table; without one the numbers are packed by themselves, as
/// those of an array that has fewer than there would be entries.
/// </summary>
/// <param name="name">The template's name in a plan.</param>
public sealed class IndexedValues(string name) : ITensorPipeline
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public void Unpack(IReadOnlyList<PackingRecord> records, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(records);
        Inflate(bytes, MemoryMarshal.AsBytes(values));
        if (records.FirstOrDefault(record => record.Table.Count > 0)?.Table is not { } table)
        {
            return;
        }

        var dense = Dense(table);
        foreach (ref var value in values)
        {
            value = value >= 0 && value < dense.Length && value == (int)value && dense[(int)value] is { } found
                ? found
                : throw new InvalidDataException($"the table has no entry {value}");
        }
    }

    // No more is inflated than there are values: a small upload cannot become a large one.
    private static void Inflate(ReadOnlySpan<byte> bytes, Span<byte> values)
    {
        using var packed = new MemoryStream(bytes.ToArray());
        using var unzip = new GZipStream(packed, CompressionMode.Decompress);
        if (unzip.ReadAtLeast(values, values.Length, throwOnEndOfStream: false) < values.Length || unzip.ReadByte() >= 0)
        {
            throw new InvalidDataException($"the indices are not the {values.Length / sizeof(float)} that the shape needs");
        }
    }

    private static float?[] Dense(IReadOnlyDictionary<int, float> table)
    {
        var dense = new float?[table.Keys.Max() is >= 0 and < 1 << 20 and var last ? last + 1 : 1];
        foreach (var (index, value) in table.Where(entry => entry.Key >= 0 && entry.Key < dense.Length))
        {
            dense[index] = value;
        }

        return dense;
    }
}
