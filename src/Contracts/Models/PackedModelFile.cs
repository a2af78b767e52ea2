using System.Runtime.InteropServices;

using Actors.Contracts.OpenFl;
using Actors.Contracts.Tensors;
using Actors.Contracts.Wire.OpenFl;

using Google.Protobuf;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Models;

/// <summary>
/// A model file (<c>.pbuf</c>) that the original wrote through a compression pipeline. All its tensors are float32; one at a time is
/// unpacked and held.
/// </summary>
public sealed class PackedModelFile : IModelFile
{
    private static readonly NoCompression Plain = new();

    private readonly object _gate = new();
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly ITensorPipeline _pipeline;
    private readonly IReadOnlyList<PackedTensor> _tensors;
    private int _held = -1;
    private byte[] _values = [];

    private PackedModelFile(string path, SafeFileHandle file, ITensorPipeline pipeline, IReadOnlyList<PackedTensor> tensors)
    {
        (_path, _file, _pipeline, _tensors) = (path, file, pipeline, tensors);
        Manifest = new(tensors.Select(tensor => new TensorSpec(tensor.Name, ElementType.Float32, TensorValues.ShapeOf(tensor))));
    }

    /// <inheritdoc/>
    public ModelManifest Manifest { get; }

    /// <inheritdoc/>
    public int Round => _tensors[0].Round;

    /// <summary>Opens a file; the caller disposes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pipeline">The pipeline of the plan that it was written for.</param>
    /// <exception cref="ModelFileException">It is no model file.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static PackedModelFile Read(string path, ITensorPipeline pipeline)
    {
        var file = File.OpenHandle(path);
        try
        {
            return new(path, file, pipeline, ReadTensors(new ProtobufCursor(file), RandomAccess.GetLength(file)));
        }
        catch (Exception problem) when (problem is InvalidDataException or ArgumentException or OverflowException)
        {
            file.Dispose();
            throw new ModelFileException(path, null, problem.Message, "copy the file again or write it anew", problem);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        TensorRange.Require(Manifest, offset, destination.Length);
        lock (_gate)
        {
            for (var tensor = Manifest.IndexAt(offset); !destination.IsEmpty; tensor++)
            {
                Hold(tensor);
                var within = (int)(offset - Manifest.OffsetOf(tensor));
                var count = Math.Min(destination.Length, _values.Length - within);
                _values.AsSpan(within, count).CopyTo(destination);
                destination = destination[count..];
                offset += count;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static List<PackedTensor> ReadTensors(ProtobufCursor cursor, long end)
    {
        var tensors = new List<PackedTensor>();
        while (cursor.Position < end)
        {
            tensors.Add(cursor.ReadTag(end) is (ModelProto.TensorsFieldNumber, WireFormat.WireType.LengthDelimited)
                ? PackedTensor.Read(cursor, cursor.ReadEnd(end))
                : throw new InvalidDataException($"what stands before byte {cursor.Position} is no tensor of a model file"));
        }

        return tensors;
    }

    // With the zeros up to the next tensor.
    private void Hold(int tensor)
    {
        if (tensor == _held)
        {
            return;
        }

        var (packed, spec) = (_tensors[tensor], Manifest.Tensors[tensor]);
        var bytes = new byte[packed.ValuesLength];
        TensorRange.ReadExactly(_file, packed.ValuesAt, bytes);
        _values = new byte[Manifest.EndOf(tensor) - Manifest.OffsetOf(tensor)];
        var numbers = MemoryMarshal.Cast<byte, float>(_values.AsSpan(0, (int)spec.ByteLength));
        try
        {
            // What a pipeline leaves as it is has the one record of its shape.
            (packed.Records.Count > 1 || packed.Records[0].Table.Count > 0 ? _pipeline : Plain).Unpack(packed.Records, bytes, numbers);
        }
        catch (InvalidDataException problem)
        {
            throw new ModelFileException(_path, packed.Name, problem.Message, "read it with the plan that it was written for", problem);
        }

        _held = tensor;
    }
}
