using System.Collections.Frozen;
using System.Text.Json;

using Actors.Contracts.Tensors;

namespace Actors.Contracts.Models;

/// <summary>One tensor of a safetensors header: what it is, and where its values start and end.</summary>
internal sealed record SafetensorsEntry(TensorSpec Spec, long Start, long End)
{
    private static readonly FrozenDictionary<ElementType, string> Names = new Dictionary<ElementType, string>
    {
        [ElementType.Float64] = "F64",
        [ElementType.Float32] = "F32",
        [ElementType.Float16] = "F16",
        [ElementType.BFloat16] = "BF16",
        [ElementType.Int64] = "I64",
        [ElementType.Int32] = "I32",
        [ElementType.Int16] = "I16",
        [ElementType.Int8] = "I8",
        [ElementType.UInt8] = "U8",
        [ElementType.Boolean] = "BOOL",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, ElementType> Types =
        Names.ToFrozenDictionary(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);

    /// <summary>The format's name of an element type.</summary>
    public static string NameOf(ElementType type) => Names[type];

    /// <summary>Reads one entry.</summary>
    public static SafetensorsEntry Parse(string path, JsonProperty entry)
    {
        if (!entry.Value.TryGetProperty("dtype", out var dtype)
            || !entry.Value.TryGetProperty("shape", out var shape)
            || !entry.Value.TryGetProperty("data_offsets", out var offsets)
            || !TryReadNumbers(shape, out var axes)
            || !TryReadNumbers(offsets, out var range)
            || range is not [var start, var end])
        {
            throw Refuse("its header needs dtype, shape and two data_offsets");
        }

        if (!Types.TryGetValue(dtype.GetString() ?? "", out var type))
        {
            throw Refuse($"its element type {dtype} is none of {string.Join(", ", Types.Keys.Order(StringComparer.Ordinal))}");
        }

        var spec = new TensorSpec(entry.Name, type, new TensorShape(axes));
        return end >= start && end - start == spec.ByteLength
            ? new(spec, start, end)
            : throw Refuse($"its shape {spec.Shape} of {type} needs {spec.ByteLength} bytes, its offsets are {start} and {end}");

        ModelFileException Refuse(string problem) => new(path, entry.Name, problem, "write the file anew");
    }

    private static bool TryReadNumbers(JsonElement array, out long[] numbers)
    {
        numbers = array.ValueKind is JsonValueKind.Array
            ? [.. array.EnumerateArray().Select(item => item.TryGetInt64(out var number) ? number : -1)]
            : [-1];
        return numbers.All(number => number >= 0);
    }
}
