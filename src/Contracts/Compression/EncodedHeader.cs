using System.Buffers.Binary;

using Actors.Contracts.Tensors;

namespace Actors.Contracts.Compression;

/// <summary>What encoded tensors say of themselves, in their first <see cref="ByteLength"/> bytes.</summary>
/// <param name="Pipeline">What was done to them.</param>
/// <param name="Seed">Where the encoder's randomness came from.</param>
/// <param name="ManifestHash">The layout they have when they are decoded.</param>
/// <param name="Basis">The digest of the model that the float32 elements are changes of; null when they are values.</param>
public sealed record EncodedHeader(CompressionPipeline Pipeline, ulong Seed, TensorDigest ManifestHash, TensorDigest? Basis)
{
    /// <summary>The length of the written form.</summary>
    public const int ByteLength = 64;

    private const uint Magic = 0x5445_4C46;
    private const byte Version = 1;
    private const byte HasBasis = 1;

    /// <summary>Writes it.</summary>
    /// <param name="destination">At least <see cref="ByteLength"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination[..ByteLength].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        destination[4] = Version;
        destination[5] = (byte)Pipeline.Values;
        destination[6] = (byte)(Pipeline.Clusters - 1);
        destination[7] = (byte)Pipeline.Bits;
        destination[8] = (byte)Pipeline.ZstdLevel;
        destination[9] = Basis is null ? (byte)0 : HasBasis;
        BinaryPrimitives.WriteDoubleLittleEndian(destination[16..], Pipeline.Fraction);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Seed);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[32..], ManifestHash.Value);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[48..], Basis.GetValueOrDefault().Value);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">The bytes are none, or of a version or with settings that are not known here.</exception>
    public static EncodedHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ByteLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new FormatException("The bytes are no encoded tensors. Send what the plan's compression pipeline wrote.");
        }

        if (bytes[4] != Version)
        {
            throw new FormatException($"The encoded tensors are of format version {bytes[4]}, known is {Version}. Use the same version on both sides.");
        }

        var pipeline = new CompressionPipeline
        {
            Values = (ValueFormat)bytes[5],
            Clusters = bytes[6] + 1,
            Bits = bytes[7],
            ZstdLevel = bytes[8],
            Fraction = BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..]),
        };
        if (pipeline.Problem() is { } problem)
        {
            throw new FormatException($"The encoded tensors cannot be read: {problem}");
        }

        return new(
            pipeline,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            new(BinaryPrimitives.ReadUInt128LittleEndian(bytes[32..])),
            bytes[9] == HasBasis ? new(BinaryPrimitives.ReadUInt128LittleEndian(bytes[48..])) : null);
    }
}
