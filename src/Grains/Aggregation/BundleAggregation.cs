using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Aggregates the bundles of several collaborators into one, block by block on several threads: for a rule that looks at the updates as
/// a whole first a pass that measures them, then the decision, then the pass that writes. The bytes are the same whatever the number of
/// threads and the size of the blocks. What it holds in memory is bounded, whatever the model's size and the number of updates.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="choice">Its settings.</param>
/// <param name="manifest">The layout of every update and of the result.</param>
/// <param name="files">The updates and the current model.</param>
internal sealed class BundleAggregation(IAggregationRule rule, PolicyChoice choice, ModelManifest manifest, UpdateFiles files)
{
    /// <summary>How many threads, the caller's own among them; at least 1. Default: as many as processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many elements a block of a type has, a multiple of <see cref="DeltaCells.Elements"/>. Default: what is read fast into little memory.</summary>
    public Func<ElementType, int>? BlockElements { get; init; }

    /// <summary>Reads the updates, writes the aggregate to the stage and the next states to theirs; the caller opens, commits and disposes.</summary>
    /// <param name="output">An empty stage.</param>
    /// <param name="states">The states of a <see cref="ServerRule"/>; empty for any other.</param>
    /// <returns>What was seen of each update; empty when the rule does not look at them as a whole.</returns>
    /// <exception cref="TensorStoreException">An update cannot be read or the aggregate not written.</exception>
    public IReadOnlyList<UpdateMeasure> Run(ITensorStage output, params IReadOnlyList<ServerStateFile> states)
    {
        var blocks = ElementBlock.Of(manifest, BlockElements ?? (type => BlockRows.Elements(files.Count, type, Threads)));
        if (rule is not WeighingRule weighing)
        {
            Write(blocks, Combination.OfAll(rule, choice, files), output, null, null);
            return [];
        }

        var geometry = GeometryPass.Run(files, blocks, Threads, weighing.NeedsPairs);
        var decision = weighing.Weigh(choice, geometry);
        var combination = Combination.Of(rule, choice, files, decision);
        var directions = combination.Updates.Count > 2 ? new DirectionSums([.. combination.Updates.Select(geometry.Norm)]) : null;
        Write(blocks, combination, output, directions, rule is ServerRule server && files.HasModel ? new ServerStep(server, choice, states) : null);
        return Measures(geometry, decision, combination, directions);
    }

    private void Write(
        IReadOnlyList<ElementBlock> blocks, Combination combination, ITensorStage output, DirectionSums? directions, ServerStep? server) =>
        BlockPass.Run(blocks, Threads, () => new CombinationWorker(files, combination, output, directions?.NewPart(), server?.NewPart()));

    private static List<UpdateMeasure> Measures(
        UpdateGeometry geometry, Weighing decision, Combination combination, DirectionSums? directions)
    {
        var cosines = directions is null ? [] : combination.Updates.Zip(directions.Cosines()).ToDictionary(pair => pair.First, pair => pair.Second);
        var typical = geometry.TypicalNorm();
        return [.. Enumerable.Range(0, geometry.Count).Select(update =>
            new UpdateMeasure(geometry.Norm(update), typical, cosines.GetValueOrDefault(update, double.NaN), decision.Updates[update]))];
    }
}
