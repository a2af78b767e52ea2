using System.Runtime.ExceptionServices;

using Actors.Contracts.Faults;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Aggregates the bundles of several collaborators into one, block by block on several threads. The blocks are appended in order and each
/// coordinate depends on its own column alone: the bytes are the same whatever the number of threads. What it holds in memory is bounded,
/// whatever the model's size and the number of updates.
/// </summary>
internal sealed class BundleAggregation
{
    private readonly IAggregationRule _rule;
    private readonly PolicyChoice _choice;
    private readonly UpdateFiles _updates;
    private readonly ITensorStage _output;
    private readonly List<(ElementRun Run, long First, int Elements)> _blocks = [];
    private readonly object _turn = new();
    private int _taken = -1;
    private int _written;
    private ExceptionDispatchInfo? _failure;

    private BundleAggregation(IAggregationRule rule, PolicyChoice choice, ModelManifest manifest, UpdateFiles updates, ITensorStage output)
    {
        (_rule, _choice, _updates, _output) = (rule, choice, updates, output);
        foreach (var run in ElementRun.Of(manifest))
        {
            var length = BlockBuffers.Elements(updates.Count, run.Type);
            for (var first = 0L; first < run.Elements; first += length)
            {
                _blocks.Add((run, first, (int)Math.Min(length, run.Elements - first)));
            }
        }
    }

    /// <summary>Reads the updates, writes the aggregate to the stage; the caller opens, commits and disposes.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="choice">Its settings.</param>
    /// <param name="manifest">The layout of every update and of the result.</param>
    /// <param name="updates">The updates, in the order of the collaborators' names.</param>
    /// <param name="output">An empty stage.</param>
    /// <param name="threads">How many threads, the caller's own among them; at least 1.</param>
    /// <exception cref="TensorStoreException">An update cannot be read or the aggregate not written.</exception>
    public static void Run(
        IAggregationRule rule, PolicyChoice choice, ModelManifest manifest, UpdateFiles updates, ITensorStage output, int threads)
    {
        var aggregation = new BundleAggregation(rule, choice, manifest, updates, output);
        var helpers = Enumerable.Range(0, Math.Min(threads, aggregation._blocks.Count) - 1)
            .Select(_ => new Thread(aggregation.Work) { Name = "Aggregation", IsBackground = true })
            .ToList();
        helpers.ForEach(helper => helper.Start());
        aggregation.Work();
        helpers.ForEach(helper => helper.Join());
        aggregation._failure?.Throw();
    }

    private void Work()
    {
        try
        {
            using var buffers = new BlockBuffers(_updates);
            for (int block; (block = Interlocked.Increment(ref _taken)) < _blocks.Count && Volatile.Read(ref _failure) is null;)
            {
                var (run, first, elements) = _blocks[block];
                Append(block, buffers.Combine(_rule, _choice, run, first, elements));
                FaultPoints.Reach(FaultPoint.BlockAggregated);
            }
        }
        catch (Exception problem)
        {
            // The end of a thread: the caller's own throws it on.
            lock (_turn)
            {
                _failure ??= ExceptionDispatchInfo.Capture(problem);
                Monitor.PulseAll(_turn);
            }
        }
    }

    private void Append(int block, ReadOnlySpan<byte> bytes)
    {
        lock (_turn)
        {
            while (_written != block && _failure is null)
            {
                Monitor.Wait(_turn);
            }

            if (_failure is null)
            {
                _output.Append(bytes);
                _written++;
                Monitor.PulseAll(_turn);
            }
        }
    }
}
