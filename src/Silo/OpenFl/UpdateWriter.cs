using System.Runtime.InteropServices;

using Actors.Contracts.OpenFl;
using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Silo.OpenFl;

/// <summary>Writes unpacked tensors in the order and the element types of a layout. A difference is added to what the round started from.</summary>
/// <param name="values">The packed values.</param>
/// <param name="start">What the round started from: the model and, where it is averaged, the optimizer's state.</param>
/// <param name="open">Opens a bundle of it.</param>
internal sealed class UpdateWriter(TensorValues values, PublishedRound start, Func<TensorBundle, ITensorReader> open)
{
    private const int ElementsAtOnce = 64 << 10;

    private readonly byte[] _elements = new byte[ElementsAtOnce * sizeof(double)];
    private readonly float[] _numbers = new float[ElementsAtOnce];
    private readonly float[] _base = new float[ElementsAtOnce];

    /// <summary>Writes all tensors of the layout, with the zeros between them.</summary>
    /// <exception cref="InvalidDataException">A tensor has another shape than the layout says, or cannot be unpacked.</exception>
    public void Write(ModelManifest layout, Func<string, PackedTensor> find, ITensorStage stage)
    {
        for (var index = 0; index < layout.Tensors.Length; index++)
        {
            var spec = layout.Tensors[index];
            var packed = find(spec.Name);
            if (TensorValues.ShapeOf(packed) is var shape && shape != spec.Shape)
            {
                throw new InvalidDataException($"tensor '{spec.Name}' has the shape {shape}, the experiment's model {spec.Shape}");
            }

            WriteTensor(spec, packed, stage);
            stage.Append(new byte[layout.EndOf(index) - layout.OffsetOf(index) - spec.ByteLength]);
        }
    }

    private void WriteTensor(TensorSpec spec, PackedTensor packed, ITensorStage stage)
    {
        var unpacked = values.ArePlain(packed) ? null : values.Unpack(packed);
        var before = packed.Tags.Contains(TensorTags.Delta) ? BaseOf(spec) : null;
        if (packed.ValuesLength != spec.Shape.ElementCount * sizeof(float) && unpacked is null)
        {
            throw new InvalidDataException($"tensor '{spec.Name}' has {packed.ValuesLength} bytes, its shape {spec.Shape} needs {spec.Shape.ElementCount * sizeof(float)}");
        }

        using var reader = before is null ? null : open(before.Bundle);
        for (var done = 0L; done < spec.Shape.ElementCount; done += ElementsAtOnce)
        {
            var numbers = _numbers.AsSpan(0, (int)Math.Min(ElementsAtOnce, spec.Shape.ElementCount - done));
            if (unpacked is null)
            {
                values.Read(packed, done * sizeof(float), MemoryMarshal.AsBytes(numbers));
            }
            else
            {
                unpacked.AsSpan((int)done, numbers.Length).CopyTo(numbers);
            }

            if (reader is not null)
            {
                AddBase(numbers, spec.Type, reader, before!.Offset + (done * spec.Type.SizeInBytes()));
            }

            var elements = _elements.AsSpan(0, numbers.Length * spec.Type.SizeInBytes());
            Floats.To(spec.Type, numbers, elements);
            stage.Append(elements);
        }
    }

    private void AddBase(Span<float> numbers, ElementType type, ITensorReader reader, long offset)
    {
        var elements = _elements.AsSpan(0, numbers.Length * type.SizeInBytes());
        var before = _base.AsSpan(0, numbers.Length);
        reader.Read(offset, elements);
        Floats.From(type, elements, before);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] += before[i];
        }
    }

    private PublishedTensor BaseOf(TensorSpec spec) => start.Find(spec.Name) is { } before && before.Spec == spec
        ? before
        : throw new InvalidDataException($"tensor '{spec.Name}' is a difference to a tensor that the round does not start from");
}
