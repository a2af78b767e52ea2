using System.Collections.Immutable;

using Google.Protobuf;

namespace Actors.Contracts.Tensors;

/// <summary>
/// The layout of a model's bytes: its tensors in order, each at an offset that is a multiple of <see cref="Alignment"/>, with
/// zero bytes between. Two models with equal <see cref="Hash"/> can be added number by number.
/// </summary>
public sealed class ModelManifest
{
    /// <summary>Every tensor starts at a multiple of this many bytes, so that any element type can be read in place.</summary>
    public const int Alignment = 8;

    private readonly ImmutableArray<long> _offsets;

    /// <summary>Lays the tensors out in the given order.</summary>
    /// <exception cref="ArgumentException">There is no tensor, or two have the same name.</exception>
    public ModelManifest(IEnumerable<TensorSpec> tensors)
    {
        Tensors = [.. tensors];
        if (Tensors.IsEmpty)
        {
            throw new ArgumentException("A manifest needs at least one tensor.", nameof(tensors));
        }

        var twice = Tensors.GroupBy(tensor => tensor.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"Two tensors are called '{twice.Key}'; every tensor needs a name of its own.", nameof(tensors));
        }

        var offsets = ImmutableArray.CreateBuilder<long>(Tensors.Length);
        var offset = 0L;
        foreach (var tensor in Tensors)
        {
            offsets.Add(offset);
            offset = checked(offset + tensor.ByteLength + Alignment - 1) / Alignment * Alignment;
        }

        _offsets = offsets.MoveToImmutable();
        ByteLength = offset;
        Hash = TensorDigester.Of(ToBytes());
    }

    /// <summary>The tensors, in the order of their bytes.</summary>
    public ImmutableArray<TensorSpec> Tensors { get; }

    /// <summary>The length of the model's bytes, padding included.</summary>
    public long ByteLength { get; }

    /// <summary>The digest of the canonical form.</summary>
    public TensorDigest Hash { get; }

    /// <summary>Where the tensor at an index of <see cref="Tensors"/> starts, in bytes.</summary>
    public long OffsetOf(int tensor) => _offsets[tensor];

    /// <summary>Where the tensor at an index ends, the padding behind it included: where the next one starts.</summary>
    public long EndOf(int tensor) => tensor + 1 < _offsets.Length ? _offsets[tensor + 1] : ByteLength;

    /// <summary>The last tensor that starts at or before an offset.</summary>
    public int IndexAt(long offset)
    {
        var (low, high) = (0, _offsets.Length - 1);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = _offsets[middle] <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>The number of elements in all tensors.</summary>
    public long ParameterCount => Tensors.Sum(tensor => tensor.Shape.ElementCount);

    /// <summary>The first tensor in which two manifests differ, as a sentence; null when they are the same.</summary>
    public string? FirstDifferenceFrom(ModelManifest expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        for (var i = 0; i < Math.Max(Tensors.Length, expected.Tensors.Length); i++)
        {
            var (mine, theirs) = (Tensors.ElementAtOrDefault(i), expected.Tensors.ElementAtOrDefault(i));
            if (mine != theirs)
            {
                return $"tensor {i} is {mine?.ToString() ?? "missing"}, expected {theirs?.ToString() ?? "no further tensor"}";
            }
        }

        return null;
    }

    /// <summary>The message form.</summary>
    public Wire.Manifest ToMessage()
    {
        var message = new Wire.Manifest();
        foreach (var tensor in Tensors)
        {
            var spec = new Wire.TensorSpec { Name = tensor.Name, ElementType = (int)tensor.Type };
            spec.Axes.AddRange(tensor.Shape.Axes);
            message.Tensors.Add(spec);
        }

        return message;
    }

    /// <summary>The canonical form: the bytes of the message.</summary>
    public byte[] ToBytes() => ToMessage().ToByteArray();

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">A tensor has an unknown element type, a bad shape or a name that was there before.</exception>
    public static ModelManifest FromMessage(Wire.Manifest message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            return new(message.Tensors.Select(FromMessage));
        }
        catch (Exception problem) when (problem is ArgumentException or OverflowException)
        {
            throw new FormatException($"The manifest is not valid: {problem.Message}", problem);
        }
    }

    /// <summary>Reads the canonical form.</summary>
    /// <exception cref="FormatException">The bytes are no manifest.</exception>
    public static ModelManifest FromBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return FromMessage(Wire.Manifest.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException problem)
        {
            throw new FormatException($"The bytes are no manifest: {problem.Message}", problem);
        }
    }

    private static TensorSpec FromMessage(Wire.TensorSpec message)
    {
        var type = (ElementType)message.ElementType;
        return Enum.IsDefined(type)
            ? new(message.Name, type, new TensorShape([.. message.Axes]))
            : throw new ArgumentException($"tensor '{message.Name}' has the unknown element type {message.ElementType}");
    }
}
