using System.Runtime.ExceptionServices;

namespace Actors.Grains.Aggregation;

/// <summary>What one thread does with blocks in a pass over a model.</summary>
internal interface IBlockWorker : IDisposable
{
    /// <summary>Works on a block; other threads work on others meanwhile.</summary>
    void Work(ElementBlock block);

    /// <summary>Hands on what the last <see cref="Work"/> came to. Called block by block in their order, by one thread at a time.</summary>
    void HandOn(ElementBlock block);
}

/// <summary>
/// A pass over the blocks of a model on several threads. Work is done in any order and handed on in the order of the blocks, so what
/// comes of it does not depend on the number of threads.
/// </summary>
internal sealed class BlockPass
{
    private readonly IReadOnlyList<ElementBlock> _blocks;
    private readonly Func<IBlockWorker> _worker;
    private readonly object _turn = new();
    private int _taken = -1;
    private int _handedOn;
    private ExceptionDispatchInfo? _failure;

    private BlockPass(IReadOnlyList<ElementBlock> blocks, Func<IBlockWorker> worker) => (_blocks, _worker) = (blocks, worker);

    /// <summary>Runs the pass to its end.</summary>
    /// <param name="blocks">The blocks, in order.</param>
    /// <param name="threads">How many threads, the caller's own among them; at least 1.</param>
    /// <param name="worker">Makes each thread's worker.</param>
    /// <exception cref="Exception">What the first worker that failed threw.</exception>
    public static void Run(IReadOnlyList<ElementBlock> blocks, int threads, Func<IBlockWorker> worker)
    {
        var pass = new BlockPass(blocks, worker);
        var helpers = Enumerable.Range(0, Math.Clamp(blocks.Count, 1, threads) - 1)
            .Select(_ => new Thread(pass.Work) { Name = "Aggregation", IsBackground = true })
            .ToList();
        helpers.ForEach(helper => helper.Start());
        pass.Work();
        helpers.ForEach(helper => helper.Join());
        pass._failure?.Throw();
    }

    private void Work()
    {
        try
        {
            using var worker = _worker();
            for (int block; (block = Interlocked.Increment(ref _taken)) < _blocks.Count && Volatile.Read(ref _failure) is null;)
            {
                worker.Work(_blocks[block]);
                HandOn(worker, block);
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

    private void HandOn(IBlockWorker worker, int block)
    {
        lock (_turn)
        {
            while (_handedOn != block && _failure is null)
            {
                Monitor.Wait(_turn);
            }

            if (_failure is null)
            {
                worker.HandOn(_blocks[block]);
                _handedOn++;
                Monitor.PulseAll(_turn);
            }
        }
    }
}
