using System.Runtime.InteropServices;

namespace Actors.Contracts.OpenFl;

/// <summary>Numbers as they are: little-endian binary32 without padding. Its one record is the shape.</summary>
public sealed class NoCompression : ITensorPipeline
{
    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public void Unpack(IReadOnlyList<PackingRecord> records, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (bytes.Length != values.Length * sizeof(float))
        {
            throw new InvalidDataException($"{values.Length} numbers need {values.Length * sizeof(float)} bytes, there are {bytes.Length}");
        }

        bytes.CopyTo(MemoryMarshal.AsBytes(values));
    }
}
