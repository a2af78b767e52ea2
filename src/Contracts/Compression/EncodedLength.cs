namespace Actors.Contracts.Compression;

/// <summary>The check that every form makes of its bytes before it reads them.</summary>
internal static class EncodedLength
{
    /// <exception cref="FormatException">There are more or fewer bytes than expected.</exception>
    public static void Require(ReadOnlySpan<byte> encoded, int expected)
    {
        if (encoded.Length != expected)
        {
            throw new FormatException($"The encoded values have {encoded.Length} bytes, expected {expected}. Send the tensors again.");
        }
    }
}
