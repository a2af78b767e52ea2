using Actors.Contracts.Tensors;
using Actors.Grains.Tensors;

namespace Actors.Benchmarks.Limits;

/// <summary>Reads files of the store and does nothing with them: what an aggregation from the store cannot be faster than.</summary>
internal static class StoreBandwidth
{
    private const int RowBytes = 512 << 10;

    /// <summary>Reads all bytes once, row by row of all files in turn, as an aggregation does.</summary>
    /// <param name="open">Opens a file.</param>
    /// <param name="digests">The files, of one length.</param>
    /// <param name="threads">How many threads share the rows.</param>
    public static void Read(Func<TensorDigest, ITensorReader> open, IReadOnlyList<TensorDigest> digests, int threads)
    {
        var readers = digests.Select(open).ToList();
        var rows = (readers[0].Length + RowBytes - 1) / RowBytes;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            var buffer = new byte[RowBytes];
            for (var row = (long)thread; row < rows; row += threads)
            {
                foreach (var reader in readers)
                {
                    var offset = row * RowBytes;
                    reader.Read(offset, buffer.AsSpan(0, (int)Math.Min(RowBytes, reader.Length - offset)));
                }
            }
        });
        readers.ForEach(reader => reader.Dispose());
    }
}
