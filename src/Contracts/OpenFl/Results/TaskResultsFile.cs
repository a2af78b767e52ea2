using Actors.Contracts.Models;
using Actors.Contracts.Wire.OpenFl;

using Google.Protobuf;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.OpenFl;

/// <summary>
/// A task's result of an original collaborator: a serialized <c>TaskResults</c> that lies in a file, all of it read but the tensors'
/// values. Memory does not grow with the model.
/// </summary>
public sealed class TaskResultsFile
{
    private const int LongestName = 4096;
    private const int LongestHeader = 64 << 10;
    private const int MostTensors = 100_000;

    private readonly List<PackedTensor> _tensors = [];

    private TaskResultsFile()
    {
    }

    /// <summary>Who sends it, and whom it takes for the aggregator.</summary>
    public MessageHeader Header { get; private set; } = new();

    /// <summary>The round, from 0.</summary>
    public int Round { get; private set; }

    /// <summary>The task.</summary>
    public string Task { get; private set; } = "";

    /// <summary>How many samples were used; -1 when the collaborator does not know.</summary>
    public int DataSize { get; private set; }

    /// <summary>Metrics and tensors in the order of the message.</summary>
    public IReadOnlyList<PackedTensor> Tensors => _tensors;

    /// <summary>Reads the message.</summary>
    /// <param name="file">Holds the message and nothing else; the caller's, and needed for the values afterwards.</param>
    /// <exception cref="InvalidDataException">It is no such message, or it goes beyond what one holds.</exception>
    public static TaskResultsFile Read(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var results = new TaskResultsFile();
        results.Read(new ProtobufCursor(file), file, RandomAccess.GetLength(file));
        return results;
    }

    private void Read(ProtobufCursor cursor, SafeFileHandle file, long end)
    {
        while (cursor.Position < end)
        {
            switch (cursor.ReadTag(end))
            {
                case (TaskResults.HeaderFieldNumber, WireFormat.WireType.LengthDelimited):
                    Header = ReadHeader(cursor, file, cursor.ReadEnd(end));
                    break;
                case (TaskResults.RoundNumberFieldNumber, WireFormat.WireType.Varint):
                    Round = (int)cursor.ReadVarint(end);
                    break;
                case (TaskResults.TaskNameFieldNumber, WireFormat.WireType.LengthDelimited):
                    Task = cursor.ReadText(cursor.ReadEnd(end), LongestName);
                    break;
                case (TaskResults.DataSizeFieldNumber, WireFormat.WireType.Varint):
                    DataSize = (int)cursor.ReadVarint(end);
                    break;
                case (TaskResults.TensorsFieldNumber, WireFormat.WireType.LengthDelimited):
                    AddTensor(PackedTensor.Read(cursor, cursor.ReadEnd(end)));
                    break;
                case (_, var type):
                    cursor.Skip(type, end);
                    break;
            }
        }
    }

    private void AddTensor(PackedTensor tensor)
    {
        if (_tensors.Count == MostTensors)
        {
            throw new InvalidDataException($"the result has more than {MostTensors} tensors");
        }

        _tensors.Add(tensor);
    }

    private static MessageHeader ReadHeader(ProtobufCursor cursor, SafeFileHandle file, long end)
    {
        if (end - cursor.Position > LongestHeader)
        {
            throw new InvalidDataException($"the header has more than {LongestHeader} bytes");
        }

        var bytes = new byte[end - cursor.Position];
        TensorRange.ReadExactly(file, cursor.Position, bytes);
        cursor.SkipTo(end);
        try
        {
            return MessageHeader.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException problem)
        {
            throw new InvalidDataException("the header is no message", problem);
        }
    }
}
