using Actors.Contracts.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>A block of coordinates: what one thread works on at a time.</summary>
/// <param name="Run">The run it is a part of.</param>
/// <param name="First">Its first element within the run; a multiple of <see cref="DeltaCells.Elements"/>.</param>
/// <param name="Elements">How many it has.</param>
internal sealed record ElementBlock(ElementRun Run, long First, int Elements)
{
    /// <summary>Where it starts, in bytes of the model.</summary>
    public long Offset => Run.Offset + (First * Run.Type.SizeInBytes());

    /// <summary>Its length in bytes.</summary>
    public int ByteLength => Elements * Run.Type.SizeInBytes();

    /// <summary>Whether its numbers have a distance: those of counters and masks have none.</summary>
    public bool IsMeasured => Run.Type.IsFloatingPoint();

    /// <summary>The blocks of a layout, in order; together all its bytes.</summary>
    /// <param name="manifest">The layout.</param>
    /// <param name="elements">How many elements a block of a type has; a multiple of <see cref="DeltaCells.Elements"/>.</param>
    public static IReadOnlyList<ElementBlock> Of(ModelManifest manifest, Func<ElementType, int> elements)
    {
        var blocks = new List<ElementBlock>();
        foreach (var run in ElementRun.Of(manifest))
        {
            var length = elements(run.Type);
            for (var first = 0L; first < run.Elements; first += length)
            {
                blocks.Add(new(run, first, (int)Math.Min(length, run.Elements - first)));
            }
        }

        return blocks;
    }
}
