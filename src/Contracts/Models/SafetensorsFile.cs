using System.Buffers.Binary;
using System.Collections.Frozen;

using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Models;

/// <summary>
/// A model in the safetensors format, which most libraries read: a header of names, types and shapes in JSON, then the values.
/// The order of the names in the header is the model's order; larger elements lie first, so that all are aligned.
/// </summary>
public sealed class SafetensorsFile : ITensorBytes, IDisposable
{
    private const int LengthBytes = sizeof(long);

    private readonly SafeFileHandle _file;
    private readonly ScatteredTensors _tensors;

    private SafetensorsFile(SafeFileHandle file, SafetensorsHeader header, long dataStart)
    {
        _file = file;
        (Manifest, Metadata) = (header.Manifest, header.Metadata);
        _tensors = new(file, header.Manifest, [.. header.Offsets.Select(offset => dataStart + offset)]);
    }

    /// <inheritdoc/>
    public ModelManifest Manifest { get; }

    /// <summary>What the writer said of the model, by name; empty when it said nothing.</summary>
    public FrozenDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks all of it but the values; the caller disposes it.</summary>
    /// <exception cref="ModelFileException">The file is truncated, is no safetensors file, or has offsets and shapes that do not agree.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        var file = File.OpenHandle(path);
        try
        {
            var length = RandomAccess.GetLength(file);
            Span<byte> prefix = stackalloc byte[LengthBytes];
            if (length >= LengthBytes)
            {
                TensorRange.ReadExactly(file, 0, prefix);
            }

            var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (length < LengthBytes || headerLength > (ulong)(length - LengthBytes) || headerLength > SafetensorsHeader.MaximumBytes)
            {
                throw new ModelFileException(
                    path, null, $"a header of {headerLength} bytes does not fit a file of {length}", "copy the file again");
            }

            var header = new byte[headerLength];
            TensorRange.ReadExactly(file, LengthBytes, header);
            var dataStart = LengthBytes + (long)headerLength;
            return new(file, SafetensorsHeader.Parse(path, header, length - dataStart), dataStart);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file. The name leads to the old file until the new one is complete on the disk.</summary>
    /// <param name="path">Where; the folder is made when missing.</param>
    /// <param name="source">The model.</param>
    /// <param name="metadata">What else to say of the model, by name; null for nothing.</param>
    /// <exception cref="ModelFileException">A tensor is called <c>__metadata__</c>, which the format keeps for itself.</exception>
    public static void Write(string path, ITensorBytes source, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var order = SafetensorsHeader.DataOrder(source.Manifest);
        var header = SafetensorsHeader.Format(path, source.Manifest, order, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> prefix = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            foreach (var tensor in order)
            {
                TensorCopy.Exact(source, tensor, stream);
            }
        });
    }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination) => _tensors.Read(offset, destination);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
