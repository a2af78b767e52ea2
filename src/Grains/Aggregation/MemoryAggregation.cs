using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Aggregates models of float32 numbers that lie in memory: by the same rules, and to the same bytes, as an aggregator does those in its store. Keeps the
/// states of a server optimizer from one run to the next.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="choice">Its settings.</param>
/// <param name="manifest">The layout of every model.</param>
internal sealed class MemoryAggregation(IAggregationRule rule, PolicyChoice choice, ModelManifest manifest)
{
    private readonly Dictionary<string, float[]> _states = new(StringComparer.Ordinal);

    /// <summary>Writes the next model.</summary>
    /// <param name="model">The current one.</param>
    /// <param name="updates">The updates and the samples behind each, at least 1; in the order of the collaborators' names, at least one.</param>
    /// <param name="next">Takes the next model; may be the current one's memory.</param>
    public void Run(ReadOnlyMemory<float> model, IReadOnlyList<(ReadOnlyMemory<float> Numbers, long Samples)> updates, Memory<float> next)
    {
        var names = rule is ServerRule server ? server.States : [];
        var after = names.Select(_ => new MemoryStage(manifest.ByteLength)).ToList();
        var states = names.Zip(after, (name, stage) =>
            new ServerStateFile(_states.TryGetValue(name, out var before) ? new MemoryReader(before) : null, stage)).ToList();
        using var files = new UpdateFiles(
            [.. updates.Select(update => new UpdateSource(() => new MemoryReader(update.Numbers), update.Samples))], () => new MemoryReader(model));
        using var output = new MemoryStage(manifest.ByteLength);
        new BundleAggregation(rule, choice, manifest, files).Run(output, states);
        foreach (var (name, stage) in names.Zip(after))
        {
            _states[name] = stage.Numbers;
        }

        output.Numbers.CopyTo(next);
    }

    private sealed class MemoryReader(ReadOnlyMemory<float> numbers) : ITensorReader
    {
        public long Length => (long)numbers.Length * sizeof(float);

        public void Read(long offset, Span<byte> destination) =>
            MemoryMarshal.AsBytes(numbers.Span).Slice((int)offset, destination.Length).CopyTo(destination);

        public void Dispose()
        {
        }
    }

    private sealed class MemoryStage(long length) : ITensorStage
    {
        private int _written;

        public float[] Numbers { get; } = new float[length / sizeof(float)];

        public long Length => _written;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(Numbers.AsSpan())[_written..]);
            _written += bytes.Length;
        }

        public TensorDigest Digest() => TensorDigester.Of(MemoryMarshal.AsBytes(Numbers.AsSpan())[.._written]);

        public TensorDigest Commit() => Digest();

        public void Abandon() => _written = 0;

        public void Dispose()
        {
        }
    }
}
