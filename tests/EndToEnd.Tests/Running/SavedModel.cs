using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Actors.EndToEnd.Running;

/// <summary>A model file of the aggregator's, read as a person would.</summary>
internal static class SavedModel
{
    /// <summary>All numbers of a model of float32 tensors.</summary>
    /// <param name="nodes">The federation.</param>
    /// <param name="name">The file's name in <c>save/</c>, without its ending.</param>
    public static async Task<float[]> NumbersAsync(Nodes nodes, string name)
    {
        await Fx.RunAsync(nodes.Aggregator, "model", "save", "-i", $"save/{name}.pbuf", "-o", $"{name}.safetensors");
        var file = await File.ReadAllBytesAsync(Path.Combine(nodes.Aggregator, $"{name}.safetensors"));
        return MemoryMarshal.Cast<byte, float>(file.AsSpan(8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file))).ToArray();
    }
}
