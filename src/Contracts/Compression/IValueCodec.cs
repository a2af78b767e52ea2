namespace Actors.Contracts.Compression;

/// <summary>
/// How the values of a chunk are written. Encoding is deterministic in values and random numbers, and decoding uses only operations that
/// IEEE 754 rounds exactly, in a fixed order: every machine decodes the same bits. Safe for use by many threads.
/// </summary>
internal interface IValueCodec
{
    /// <summary>The most bytes that <see cref="Encode"/> writes.</summary>
    int MaximumBytes(int count);

    /// <summary>Writes the values.</summary>
    /// <param name="values">Finite; at least one.</param>
    /// <param name="random">Where randomness comes from.</param>
    /// <param name="destination">At least <see cref="MaximumBytes"/> long.</param>
    /// <returns>The number of bytes written; -1 when these values are out of this form's range.</returns>
    int Encode(ReadOnlySpan<float> values, SeededRandom random, Span<byte> destination);

    /// <summary>Reads as many values as the destination holds.</summary>
    /// <param name="encoded">Exactly what <see cref="Encode"/> wrote.</param>
    /// <param name="random">The one that the encoder started with.</param>
    /// <param name="values">Is filled.</param>
    /// <exception cref="FormatException">The bytes are not what the encoder writes for so many values.</exception>
    void Decode(ReadOnlySpan<byte> encoded, SeededRandom random, Span<float> values);
}
