using System.Buffers;

using Actors.Contracts.Faults;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Aggregates the bundles of several collaborators into one, block by block: what it holds in memory is one block of each,
/// whatever the model's size. Runs on the thread that calls it.
/// </summary>
internal static class BundleAggregation
{
    private const int BlockElements = 1 << 16;

    /// <summary>Reads the updates, writes the aggregate to the stage; the caller opens, commits and disposes.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="choice">Its settings.</param>
    /// <param name="manifest">The layout of every update and of the result.</param>
    /// <param name="updates">The updates with their sample counts, in the order of the collaborators' names.</param>
    /// <param name="output">An empty stage.</param>
    public static void Run(
        IAggregationRule rule,
        PolicyChoice choice,
        ModelManifest manifest,
        IReadOnlyList<(ITensorReader Reader, long SampleCount)> updates,
        ITensorStage output)
    {
        var total = updates.Sum(update => (double)update.SampleCount);
        var weights = updates.Select(update => update.SampleCount / total).ToArray();
        var blocks = updates.Select(_ => ArrayPool<double>.Shared.Rent(BlockElements)).ToArray();
        var result = ArrayPool<double>.Shared.Rent(BlockElements);
        var bytes = ArrayPool<byte>.Shared.Rent((BlockElements * sizeof(double)) + ModelManifest.Alignment);
        try
        {
            for (var tensor = 0; tensor < manifest.Tensors.Length; tensor++)
            {
                var (type, count) = (manifest.Tensors[tensor].Type, manifest.Tensors[tensor].Shape.ElementCount);
                for (var first = 0L; first < count; first += BlockElements)
                {
                    var elements = (int)Math.Min(BlockElements, count - first);
                    var raw = bytes.AsSpan(0, elements * type.SizeInBytes());
                    var offset = manifest.OffsetOf(tensor) + (first * type.SizeInBytes());
                    for (var update = 0; update < blocks.Length; update++)
                    {
                        updates[update].Reader.Read(offset, raw);
                        ElementBlocks.ToDouble(type, raw, blocks[update].AsSpan(0, elements));
                    }

                    rule.Combine(choice, new WeightedBlocks(weights, blocks), result.AsSpan(0, elements));
                    ElementBlocks.FromDouble(type, result.AsSpan(0, elements), raw);
                    output.Append(raw);
                    FaultPoints.Reach(FaultPoint.BlockAggregated);
                }

                Pad(output);
            }
        }
        finally
        {
            Array.ForEach(blocks, block => ArrayPool<double>.Shared.Return(block));
            ArrayPool<double>.Shared.Return(result);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void Pad(ITensorStage output)
    {
        Span<byte> zeros = stackalloc byte[ModelManifest.Alignment];
        zeros.Clear();
        var over = (int)(output.Length % ModelManifest.Alignment);
        if (over > 0)
        {
            output.Append(zeros[over..]);
        }
    }
}
