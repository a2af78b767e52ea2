using System.Diagnostics.CodeAnalysis;

using Actors.Contracts.Tensors;
using Actors.Contracts.Wire.OpenFl;

using Google.Protobuf;

namespace Actors.Contracts.Models;

/// <summary>One <c>NamedTensor</c> of a file, without its values.</summary>
internal sealed class StoredTensor
{
    private const int MaximumNameBytes = 4096;
    private const int MaximumAxes = 64;

    private readonly List<long> _axes = [];
    private int _records;
    private int _elementType;
    private long _roundedAt;
    private long _roundedLength;
    private long _exactAt;
    private long _exactLength;
    private TensorSpec? _spec;

    public string Name { get; private set; } = "";

    public int Round { get; private set; }

    /// <summary>What the tensor is; known after <see cref="Check"/>.</summary>
    public TensorSpec Spec => _spec ?? throw new InvalidOperationException("Check the tensor first.");

    /// <summary>Where its values start in the file, in its own element type.</summary>
    public long ValuesAt => Spec.Type is ElementType.Float32 ? _roundedAt : _exactAt;

    /// <summary>Reads up to the end of the message. A field that comes twice counts as it came last.</summary>
    public void Read(ProtobufCursor cursor, long end)
    {
        while (cursor.Position < end)
        {
            switch (cursor.ReadTag(end))
            {
                case (NamedTensor.NameFieldNumber, WireFormat.WireType.LengthDelimited):
                    Name = cursor.ReadText(cursor.ReadEnd(end), MaximumNameBytes);
                    break;
                case (NamedTensor.RoundNumberFieldNumber, WireFormat.WireType.Varint):
                    Round = (int)cursor.ReadVarint(end);
                    break;
                case (NamedTensor.TransformerMetadataFieldNumber, WireFormat.WireType.LengthDelimited):
                    ReadRecord(cursor, cursor.ReadEnd(end));
                    break;
                case (NamedTensor.DataBytesFieldNumber, WireFormat.WireType.LengthDelimited):
                    (_roundedAt, _roundedLength) = PassOver(cursor, cursor.ReadEnd(end));
                    break;
                case (NamedTensor.ElementTypeFieldNumber, WireFormat.WireType.Varint):
                    _elementType = (int)cursor.ReadVarint(end);
                    break;
                case (NamedTensor.ExactBytesFieldNumber, WireFormat.WireType.LengthDelimited):
                    (_exactAt, _exactLength) = PassOver(cursor, cursor.ReadEnd(end));
                    break;
                case (_, var type):
                    cursor.Skip(type, end);
                    break;
            }
        }
    }

    /// <summary>Checks that the fields agree with each other.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    /// <exception cref="OverflowException">The shape's elements cannot be counted in 64 bits.</exception>
    public void Check()
    {
        var type = _elementType == 0 ? ElementType.Float32 : (ElementType)_elementType;
        Require(Name.Length > 0, "it has no name");
        Require(Round >= 0, $"its round is {Round}");
        Require(_records == 1, "it does not say its shape");
        Require(Enum.IsDefined(type), $"its element type {_elementType} is unknown");
        Require(_axes.TrueForAll(axis => axis >= 0), "an axis of its shape is negative");
        _spec = new(Name, type, new TensorShape([.. _axes]));

        var rounded = checked(_spec.Shape.ElementCount * sizeof(float));
        Require(_roundedLength == rounded, $"its shape {_spec.Shape} needs {rounded} bytes of float32, it has {_roundedLength}");
        var exact = type is ElementType.Float32 ? 0 : _spec.ByteLength;
        Require(_exactLength == exact, $"its shape {_spec.Shape} needs {exact} exact bytes of {type}, it has {_exactLength}");
    }

    private void ReadRecord(ProtobufCursor cursor, long end)
    {
        if (++_records > 1)
        {
            throw new CompressedTensorException();
        }

        while (cursor.Position < end)
        {
            switch (cursor.ReadTag(end))
            {
                case (MetadataProto.IntListFieldNumber, WireFormat.WireType.LengthDelimited):
                    for (var listEnd = cursor.ReadEnd(end); cursor.Position < listEnd;)
                    {
                        AddAxis(cursor.ReadVarint(listEnd));
                    }

                    break;
                case (MetadataProto.IntListFieldNumber, WireFormat.WireType.Varint):
                    AddAxis(cursor.ReadVarint(end));
                    break;
                case (MetadataProto.IntToFloatFieldNumber, _):
                    throw new CompressedTensorException();
                case (_, var type):
                    cursor.Skip(type, end);
                    break;
            }
        }
    }

    private void AddAxis(ulong axis)
    {
        Require(_axes.Count < MaximumAxes, $"its shape has more than {MaximumAxes} axes");
        _axes.Add((int)axis);
    }

    private static (long Start, long Length) PassOver(ProtobufCursor cursor, long end)
    {
        var start = cursor.Position;
        cursor.SkipTo(end);
        return (start, end - start);
    }

    private static void Require([DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
