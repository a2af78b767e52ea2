using System.Runtime.InteropServices;

using Actors.Contracts.Models;
using Actors.Contracts.Tensors;

using FsCheck;
using FsCheck.Fluent;

namespace Actors.Contracts.Models.Tests;

/// <summary>Models to write and read: chosen ones and generated ones.</summary>
public static class TestModels
{
    /// <summary>A model of float32 tensors, each with its values.</summary>
    public static MemoryTensorBytes Float32(params (string Name, long[] Axes, float[] Values)[] tensors)
    {
        ModelManifest manifest = new(tensors.Select(tensor => new TensorSpec(tensor.Name, ElementType.Float32, new(tensor.Axes))));
        var bytes = new byte[manifest.ByteLength];
        foreach (var (index, tensor) in tensors.Index())
        {
            MemoryMarshal.AsBytes(tensor.Values.AsSpan()).CopyTo(bytes.AsSpan((int)manifest.OffsetOf(index)));
        }

        return new(manifest, bytes);
    }

    /// <summary>A model of one tensor of one axis, from the bytes of its values.</summary>
    public static MemoryTensorBytes Of<T>(string name, ElementType type, params T[] values)
        where T : unmanaged
    {
        ModelManifest manifest = new([new(name, type, new(values.Length))]);
        var bytes = new byte[manifest.ByteLength];
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(bytes);
        return new(manifest, bytes);
    }

    /// <summary>All bytes of a model.</summary>
    public static byte[] All(this ITensorBytes model)
    {
        var bytes = new byte[model.Manifest.ByteLength];
        model.Read(0, bytes);
        return bytes;
    }

    /// <summary>Models of one to five tensors of any type, scalars and empty ones among them, with any values.</summary>
    public static Arbitrary<MemoryTensorBytes> Any()
    {
        var axes = Gen.Choose(0, 3).SelectMany(count => Gen.Choose(0, 5).Select(axis => (long)axis).ArrayOf(count));
        var tensor = from type in Gen.Elements(Enum.GetValues<ElementType>())
                     from shape in axes
                     select (type, shape);
        var model = from count in Gen.Choose(1, 5)
                    from tensors in tensor.ArrayOf(count)
                    from seed in Gen.Choose(0, int.MaxValue)
                    select Fill(tensors, seed);
        return model.ToArbitrary();
    }

    private static MemoryTensorBytes Fill((ElementType Type, long[] Shape)[] tensors, int seed)
    {
        ModelManifest manifest = new(tensors.Select((tensor, index) => new TensorSpec($"lager.{index}.ü", tensor.Type, new(tensor.Shape))));
        var bytes = new byte[manifest.ByteLength];
        var random = new Random(seed);
        foreach (var (index, tensor) in manifest.Tensors.Index())
        {
            random.NextBytes(bytes.AsSpan((int)manifest.OffsetOf(index), (int)tensor.ByteLength));
        }

        return new(manifest, bytes);
    }
}
