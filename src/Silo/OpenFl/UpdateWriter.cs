using System.Runtime.InteropServices;

using Actors.Contracts.OpenFl;
using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Silo.OpenFl;

/// <summary>Writes unpacked tensors in the order and the element types of a layout. A difference is added to the round's model.</summary>
/// <param name="values">The packed values.</param>
/// <param name="global">The model that the round started from; the caller's.</param>
/// <param name="model">Its layout.</param>
internal sealed class UpdateWriter(TensorValues values, ITensorReader global, ModelManifest model)
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
        var baseAt = packed.Tags.Contains(TensorTags.Delta) ? BaseOf(spec) : -1;
        if (packed.ValuesLength != spec.Shape.ElementCount * sizeof(float) && unpacked is null)
        {
            throw new InvalidDataException($"tensor '{spec.Name}' has {packed.ValuesLength} bytes, its shape {spec.Shape} needs {spec.Shape.ElementCount * sizeof(float)}");
        }

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

            if (baseAt >= 0)
            {
                AddBase(numbers, spec.Type, baseAt + (done * spec.Type.SizeInBytes()));
            }

            var elements = _elements.AsSpan(0, numbers.Length * spec.Type.SizeInBytes());
            Floats.To(spec.Type, numbers, elements);
            stage.Append(elements);
        }
    }

    private void AddBase(Span<float> numbers, ElementType type, long offset)
    {
        var elements = _elements.AsSpan(0, numbers.Length * type.SizeInBytes());
        var before = _base.AsSpan(0, numbers.Length);
        global.Read(offset, elements);
        Floats.From(type, elements, before);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] += before[i];
        }
    }

    private long BaseOf(TensorSpec spec)
    {
        for (var index = 0; index < model.Tensors.Length; index++)
        {
            if (model.Tensors[index] == spec)
            {
                return model.OffsetOf(index);
            }
        }

        throw new InvalidDataException($"tensor '{spec.Name}' is a difference to a tensor that the round's model does not have");
    }
}
