using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

using Actors.Contracts.Tensors;

namespace Actors.Contracts.Models;

/// <summary>The header of a safetensors file. Offsets count from the first byte after it.</summary>
internal sealed record SafetensorsHeader(
    ModelManifest Manifest, FrozenDictionary<string, string> Metadata, ImmutableArray<long> Offsets)
{
    /// <summary>The longest header that is read.</summary>
    public const int MaximumBytes = 100_000_000;

    private const string MetadataKey = "__metadata__";

    /// <summary>The tensors by index in the order of their values: larger elements first, then as in the manifest.</summary>
    public static ImmutableArray<int> DataOrder(ModelManifest manifest) =>
        [.. Enumerable.Range(0, manifest.Tensors.Length).OrderByDescending(tensor => manifest.Tensors[tensor].Type.SizeInBytes())];

    /// <summary>Writes a header, padded with spaces so that the values start at a multiple of 8 bytes.</summary>
    public static byte[] Format(
        string path, ModelManifest manifest, ImmutableArray<int> order, IReadOnlyDictionary<string, string>? metadata)
    {
        var offsets = new long[order.Length];
        var offset = 0L;
        foreach (var tensor in order)
        {
            offsets[tensor] = offset;
            offset += manifest.Tensors[tensor].ByteLength;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            foreach (var (tensor, start) in manifest.Tensors.Zip(offsets))
            {
                WriteTensor(json, path, tensor, start);
            }

            json.WriteEndObject();
        }

        var padding = (ModelManifest.Alignment - (buffer.WrittenCount % ModelManifest.Alignment)) % ModelManifest.Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a header and checks that the values it names fill the rest of the file without gap or overlap.</summary>
    public static SafetensorsHeader Parse(string path, ReadOnlyMemory<byte> bytes, long dataLength)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var tensors = json.RootElement.EnumerateObject().Where(property => property.Name != MetadataKey)
                .Select(property => SafetensorsEntry.Parse(path, property)).ToList();
            RequireTiling(path, tensors, dataLength);
            return new(
                new(tensors.Select(tensor => tensor.Spec)), ReadMetadata(json.RootElement), [.. tensors.Select(tensor => tensor.Start)]);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new ModelFileException(
                path, null, $"the header is not that of a safetensors file ({problem.Message})", "write the file anew", problem);
        }
    }

    private static void RequireTiling(string path, IReadOnlyList<SafetensorsEntry> tensors, long dataLength)
    {
        var next = 0L;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End))
        {
            if (tensor.Start != next)
            {
                throw new ModelFileException(
                    path, tensor.Spec.Name, $"its values start at {tensor.Start}, expected {next}", "write the file anew");
            }

            next = tensor.End;
        }

        if (next != dataLength)
        {
            throw new ModelFileException(
                path, null, $"the header names {next} bytes of values, the file has {dataLength}", "copy the file again");
        }
    }

    private static void WriteTensor(Utf8JsonWriter json, string path, TensorSpec tensor, long start)
    {
        if (tensor.Name == MetadataKey)
        {
            throw new ModelFileException(path, tensor.Name, "the format keeps this name for itself", "rename the tensor");
        }

        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsEntry.NameOf(tensor.Type));
        json.WriteStartArray("shape");
        foreach (var axis in tensor.Shape.Axes)
        {
            json.WriteNumberValue(axis);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(start + tensor.ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null or { Count: 0 })
        {
            return;
        }

        json.WriteStartObject(MetadataKey);
        foreach (var (name, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static FrozenDictionary<string, string> ReadMetadata(JsonElement root) =>
        root.TryGetProperty(MetadataKey, out var metadata)
            ? metadata.EnumerateObject().ToFrozenDictionary(
                entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal)
            : FrozenDictionary<string, string>.Empty;
}
