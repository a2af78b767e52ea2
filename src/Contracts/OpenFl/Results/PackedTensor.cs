using Actors.Contracts.Models;
using Actors.Contracts.Wire.OpenFl;

using Google.Protobuf;

namespace Actors.Contracts.OpenFl;

/// <summary>One array as the original packs it: where its bytes are in their file, and what is needed to unpack them.</summary>
public sealed class PackedTensor
{
    private const int LongestText = 4096;
    private const int MostTags = 64;
    private const int MostNumbers = 1 << 20;

    private readonly List<string> _tags = [];
    private readonly List<PackingRecord> _records = [];

    private PackedTensor()
    {
    }

    /// <summary>Its name in its framework.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What is said of it; see <see cref="TensorTags"/>.</summary>
    public IReadOnlyList<string> Tags => _tags;

    /// <summary>One for each step of the packing, in the order they were taken.</summary>
    public IReadOnlyList<PackingRecord> Records => _records;

    /// <summary>Where its bytes start in the file.</summary>
    public long ValuesAt { get; private set; }

    /// <summary>How many bytes it has there.</summary>
    public long ValuesLength { get; private set; }

    /// <summary>The round it is said to be of.</summary>
    public int Round { get; private set; }

    /// <summary>Reads one <c>NamedTensor</c> up to its end.</summary>
    internal static PackedTensor Read(ProtobufCursor cursor, long end)
    {
        var tensor = new PackedTensor();
        while (cursor.Position < end)
        {
            tensor.ReadField(cursor, end);
        }

        return tensor.Name.Length > 0 ? tensor : throw new InvalidDataException($"a tensor before byte {end} has no name");
    }

    private void ReadField(ProtobufCursor cursor, long end)
    {
        switch (cursor.ReadTag(end))
        {
            case (NamedTensor.NameFieldNumber, WireFormat.WireType.LengthDelimited):
                Name = cursor.ReadText(cursor.ReadEnd(end), LongestText);
                break;
            case (NamedTensor.RoundNumberFieldNumber, WireFormat.WireType.Varint):
                Round = (int)cursor.ReadVarint(end);
                break;
            case (NamedTensor.TagsFieldNumber, WireFormat.WireType.LengthDelimited) when _tags.Count < MostTags:
                _tags.Add(cursor.ReadText(cursor.ReadEnd(end), LongestText));
                break;
            case (NamedTensor.TransformerMetadataFieldNumber, WireFormat.WireType.LengthDelimited) when _records.Count < MostTags:
                _records.Add(ReadRecord(cursor, cursor.ReadEnd(end)));
                break;
            case (NamedTensor.DataBytesFieldNumber, WireFormat.WireType.LengthDelimited):
                var valuesEnd = cursor.ReadEnd(end);
                (ValuesAt, ValuesLength) = (cursor.Position, valuesEnd - cursor.Position);
                cursor.SkipTo(valuesEnd);
                break;
            case (_, var type):
                cursor.Skip(type, end);
                break;
        }
    }

    private static PackingRecord ReadRecord(ProtobufCursor cursor, long end)
    {
        var (table, list) = (new Dictionary<int, float>(), new List<int>());
        while (cursor.Position < end)
        {
            switch (cursor.ReadTag(end))
            {
                case (MetadataProto.IntToFloatFieldNumber, WireFormat.WireType.LengthDelimited) when table.Count < MostNumbers:
                    var (key, value) = ReadEntry(cursor, cursor.ReadEnd(end));
                    table[key] = value;
                    break;
                case (MetadataProto.IntListFieldNumber, WireFormat.WireType.LengthDelimited):
                    for (var listEnd = cursor.ReadEnd(end); cursor.Position < listEnd && list.Count < MostNumbers;)
                    {
                        list.Add((int)cursor.ReadVarint(listEnd));
                    }

                    break;
                case (MetadataProto.IntListFieldNumber, WireFormat.WireType.Varint) when list.Count < MostNumbers:
                    list.Add((int)cursor.ReadVarint(end));
                    break;
                case (_, var type):
                    cursor.Skip(type, end);
                    break;
            }
        }

        return new(table, list);
    }

    private static (int Key, float Value) ReadEntry(ProtobufCursor cursor, long end)
    {
        var (key, value) = (0, 0F);
        while (cursor.Position < end)
        {
            switch (cursor.ReadTag(end))
            {
                case (1, WireFormat.WireType.Varint):
                    key = (int)cursor.ReadVarint(end);
                    break;
                case (2, WireFormat.WireType.Fixed32):
                    value = BitConverter.UInt32BitsToSingle(cursor.ReadFixed32(end));
                    break;
                case (_, var type):
                    cursor.Skip(type, end);
                    break;
            }
        }

        return (key, value);
    }
}

/// <summary>What one step of a packing needs to be undone.</summary>
/// <param name="Table">Numbers by their index, such as the values that indices stand for.</param>
/// <param name="List">Whole numbers: the shape, for every step that knows it.</param>
public sealed record PackingRecord(IReadOnlyDictionary<int, float> Table, IReadOnlyList<int> List);
