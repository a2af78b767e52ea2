using Actors.Contracts.Tensors;
using Actors.Contracts.Wire.OpenFl;

using Google.Protobuf;

namespace Actors.Contracts.Models;

/// <summary>
/// Writes a model as <c>ModelProto</c> without making one: the generated classes write everything but the values, whose lengths
/// are known beforehand.
/// </summary>
internal sealed class ModelFileWriter(string path, ITensorBytes source, int round)
{
    public void Write(Stream stream)
    {
        for (var tensor = 0; tensor < source.Manifest.Tensors.Length; tensor++)
        {
            WriteTensor(stream, tensor);
        }
    }

    private void WriteTensor(Stream stream, int index)
    {
        var tensor = source.Manifest.Tensors[index];
        var exact = tensor.Type is not ElementType.Float32;
        var head = Head(tensor).ToByteArray();
        var type = exact ? new NamedTensor { ElementType = (int)tensor.Type }.ToByteArray() : [];
        var (roundedLength, exactLength) = (checked(tensor.Shape.ElementCount * sizeof(float)), exact ? tensor.ByteLength : 0);
        var rounded = LengthPrefix(NamedTensor.DataBytesFieldNumber, roundedLength);
        var exactly = LengthPrefix(NamedTensor.ExactBytesFieldNumber, exactLength);

        var length = head.Length + rounded.Length + roundedLength + type.Length + exactly.Length + exactLength;
        stream.Write(TagAndLength(ModelProto.TensorsFieldNumber, length));
        stream.Write(head);
        stream.Write(rounded);
        TensorCopy.AsFloat32(source, index, stream);
        if (exact)
        {
            stream.Write(type);
            stream.Write(exactly);
            TensorCopy.Exact(source, index, stream);
        }
    }

    private NamedTensor Head(TensorSpec tensor)
    {
        var shape = new MetadataProto();
        foreach (var axis in tensor.Shape.Axes)
        {
            shape.IntList.Add(axis <= int.MaxValue ? (int)axis : throw TooLong(tensor));
        }

        var head = new NamedTensor { Name = tensor.Name, RoundNumber = round, Lossless = true };
        head.Tags.Add("model");
        head.TransformerMetadata.Add(shape);
        return head;
    }

    private ModelFileException TooLong(TensorSpec tensor) => new(
        path, tensor.Name, $"an axis of the shape {tensor.Shape} is longer than this layout can say", "write a safetensors file instead");

    // As the generated classes do, an empty field is left out.
    private static byte[] LengthPrefix(int field, long length) => length == 0 ? [] : TagAndLength(field, length);

    private static byte[] TagAndLength(int field, long length)
    {
        var tag = WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited);
        var bytes = new byte[CodedOutputStream.ComputeUInt32Size(tag) + CodedOutputStream.ComputeUInt64Size((ulong)length)];
        var output = new CodedOutputStream(bytes);
        output.WriteUInt32(tag);
        output.WriteUInt64((ulong)length);
        output.CheckNoSpaceLeft();
        return bytes;
    }
}
