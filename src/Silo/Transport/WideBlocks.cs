using System.Buffers;
using System.Collections.Concurrent;

namespace Actors.Silo.Transport;

/// <summary>
/// The memory of the gateway's connections in blocks of 64 KiB. A connection that moves tensors then handles 16 times fewer
/// pieces than with the server's own blocks of 4 KiB; one that waits holds none. When thousands talk at once, each with a few hundred bytes,
/// those after the first few hundred blocks get blocks of 4 KiB: memory does not grow by what nobody fills.
/// </summary>
internal sealed class WideBlocks : MemoryPool<byte>
{
    /// <summary>The size of a wide block.</summary>
    internal const int WideBytes = 64 << 10;

    /// <summary>The size of the others: what the server itself would take.</summary>
    internal const int NarrowBytes = 4 << 10;

    /// <summary>How many wide blocks are out at most: 24 MiB.</summary>
    internal const int MostWide = 384;

    private readonly Shelf _wide = new(WideBytes, MostWide);

    // 16 MiB that stay when a crowd has gone; the collector takes the rest.
    private readonly Shelf _narrow = new(NarrowBytes, 4096);
    private int _wideOut;

    /// <inheritdoc/>
    public override int MaxBufferSize => WideBytes;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, WideBytes);
        if (Interlocked.Increment(ref _wideOut) <= MostWide || minBufferSize > NarrowBytes)
        {
            return _wide.Take(this);
        }

        Interlocked.Decrement(ref _wideOut);
        return _narrow.Take(this);
    }

    // It is everybody's: who disposes of a pool gives up a share that does not exist.
    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Block block)
    {
        if (block.Memory.Length == WideBytes)
        {
            Interlocked.Decrement(ref _wideOut);
            _wide.Put(block);
        }
        else
        {
            _narrow.Put(block);
        }
    }

    /// <summary>Blocks of one size that nobody has.</summary>
    private sealed class Shelf(int blockBytes, int mostKept)
    {
        private readonly ConcurrentQueue<Block> _free = [];

        public Block Take(WideBlocks pool) => _free.TryDequeue(out var block) ? block.Lend() : new Block(pool, blockBytes);

        public void Put(Block block)
        {
            if (_free.Count < mostKept)
            {
                _free.Enqueue(block);
            }
        }
    }

    private sealed class Block(WideBlocks pool, int bytes) : IMemoryOwner<byte>
    {
        private int _lent = 1;

        // Not pinned: TLS stands between these bytes and the socket, and what a crowd leaves behind can be moved together.
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(bytes);

        public Block Lend()
        {
            Volatile.Write(ref _lent, 1);
            return this;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _lent, 0) == 1)
            {
                pool.Return(this);
            }
        }
    }
}
