namespace Actors.Contracts.OpenFl;

/// <summary>One of the original's compression pipelines, the way back: from packed bytes to numbers.</summary>
public interface ITensorPipeline
{
    /// <summary>The template's name in a plan.</summary>
    string Name { get; }

    /// <summary>Unpacks a tensor.</summary>
    /// <param name="records">What the steps of the packing left, in the order they were taken.</param>
    /// <param name="bytes">The packed bytes.</param>
    /// <param name="values">Is filled entirely, in row-major order.</param>
    /// <exception cref="InvalidDataException">Records, bytes and the number of values do not agree.</exception>
    void Unpack(IReadOnlyList<PackingRecord> records, ReadOnlySpan<byte> bytes, Span<float> values);
}
