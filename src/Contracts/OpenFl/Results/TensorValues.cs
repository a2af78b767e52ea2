using Actors.Contracts.Models;
using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.OpenFl;

/// <summary>The values of packed tensors in a file.</summary>
/// <param name="file">The file; the caller's.</param>
/// <param name="pipeline">The plan's pipeline, for what is packed with a loss.</param>
public sealed class TensorValues(SafeFileHandle file, ITensorPipeline pipeline)
{
    private static readonly NoCompression Exact = new();

    /// <summary>The shape that the packing recorded.</summary>
    /// <exception cref="InvalidDataException">There is none, or no tensor can have it.</exception>
    public static TensorShape ShapeOf(PackedTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        try
        {
            return tensor.Records is [var first, ..]
                ? new TensorShape([.. first.List.Select(axis => (long)axis)])
                : throw new InvalidDataException($"tensor '{tensor.Name}' does not say its shape");
        }
        catch (Exception problem) when (problem is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"tensor '{tensor.Name}' has an impossible shape", problem);
        }
    }

    /// <summary>Whether the bytes are the numbers themselves, so that any stretch of them can be read by itself.</summary>
    public bool ArePlain(PackedTensor tensor) => PipelineOf(tensor) is NoCompression;

    /// <summary>Reads a stretch of a plain tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="offset">The first byte wanted, from its own start.</param>
    /// <param name="destination">Is filled entirely.</param>
    public void Read(PackedTensor tensor, long offset, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (offset + destination.Length > tensor.ValuesLength)
        {
            throw new InvalidDataException($"tensor '{tensor.Name}' has {tensor.ValuesLength} bytes, its shape {ShapeOf(tensor)} needs more");
        }

        TensorRange.ReadExactly(file, tensor.ValuesAt + offset, destination);
    }

    /// <summary>Unpacks a whole tensor.</summary>
    /// <exception cref="InvalidDataException">Its bytes are not what its records say.</exception>
    public float[] Unpack(PackedTensor tensor)
    {
        var shape = ShapeOf(tensor);
        if (shape.ElementCount > Array.MaxLength / sizeof(float) || tensor.ValuesLength > Array.MaxLength)
        {
            throw new InvalidDataException($"tensor '{tensor.Name}' of shape {shape} is larger than this packing can be");
        }

        var packed = new byte[tensor.ValuesLength];
        TensorRange.ReadExactly(file, tensor.ValuesAt, packed);
        var values = new float[shape.ElementCount];
        try
        {
            PipelineOf(tensor).Unpack(tensor.Records, packed, values);
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"tensor '{tensor.Name}' cannot be unpacked: {problem.Message}", problem);
        }

        return values;
    }

    private ITensorPipeline PipelineOf(PackedTensor tensor) => tensor.Tags.Contains(TensorTags.LossyCompressed) ? pipeline : Exact;
}
