using System.Collections.Immutable;

using Actors.Contracts.Tensors;
using Actors.Contracts.Wire.OpenFl;

using Google.Protobuf;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Models;

/// <summary>Reads everything of a model file but the values, and checks that it fits together.</summary>
internal sealed class ModelFileReader(string path, SafeFileHandle file)
{
    private readonly ProtobufCursor _cursor = new(file);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public ModelFileContents Read()
    {
        var end = RandomAccess.GetLength(file);
        var tensors = new List<StoredTensor>();
        while (_cursor.Position < end)
        {
            var tensor = ReadTensor(end, tensors.Count);
            tensors.Add(tensor);
            if (!_names.Add(tensor.Name))
            {
                throw Refuse(tensor.Name, "two tensors have this name", "give each tensor a name of its own");
            }

            if (tensor.Round != tensors[0].Round)
            {
                throw Refuse(
                    tensor.Name,
                    $"it is of round {tensor.Round}, the first tensor of round {tensors[0].Round}",
                    "write the file anew from one round's model");
            }
        }

        if (tensors.Count == 0)
        {
            throw Refuse(null, "the file holds no tensor", "write the file anew");
        }

        return new(new(tensors.Select(tensor => tensor.Spec)), tensors[0].Round, [.. tensors.Select(tensor => tensor.ValuesAt)]);
    }

    private StoredTensor ReadTensor(long end, int index)
    {
        var tensor = new StoredTensor();
        try
        {
            if (_cursor.ReadTag(end) is not (ModelProto.TensorsFieldNumber, WireFormat.WireType.LengthDelimited))
            {
                throw new InvalidDataException($"what stands before byte {_cursor.Position} is no tensor of a model file");
            }

            tensor.Read(_cursor, _cursor.ReadEnd(end));
            tensor.Check();
            return tensor;
        }
        catch (Exception problem) when (problem is InvalidDataException or OverflowException or CompressedTensorException)
        {
            var what = problem is OverflowException ? "the shape has more elements than can be counted" : problem.Message;
            throw Refuse(tensor.Name.Length > 0 ? tensor.Name : $"number {index}", what, Remedy(problem), problem);
        }
    }

    private static string Remedy(Exception problem) =>
        problem is CompressedTensorException
            ? "write the file with the plan's compression pipeline set to NoCompressionPipeline"
            : "copy the file again or write it anew";

    private ModelFileException Refuse(string? tensor, string problem, string remedy, Exception? cause = null) =>
        new(path, tensor, problem, remedy, cause);
}
