using Actors.Contracts.Tensors;

namespace Actors.Contracts.Compression;

/// <summary>How a layout's bytes are cut into chunks: run by run, each of at most <see cref="Elements"/> float32 elements or as many bytes.</summary>
internal sealed class EncodedChunks
{
    /// <summary>
    /// The elements of a chunk. So few that a reader can keep some decoded for each of a thousand updates, so many that what a chunk
    /// costs beside its values does not count.
    /// </summary>
    public const int Elements = 1 << 13;

    /// <summary>The most bytes of a chunk.</summary>
    public const int Bytes = Elements * sizeof(float);

    private readonly List<EncodedChunk> _chunks = [];

    public EncodedChunks(ModelManifest manifest)
    {
        foreach (var run in ElementRun.Of(manifest))
        {
            var (end, length) = (run.Offset + (run.Elements * run.Type.SizeInBytes()), 0);
            for (var offset = run.Offset; offset < end; offset += length)
            {
                length = (int)Math.Min(Bytes, end - offset);
                _chunks.Add(new(_chunks.Count, run, offset, length));
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _chunks.Count;

    /// <summary>One of them; they follow each other without gaps.</summary>
    public EncodedChunk this[int index] => _chunks[index];

    /// <summary>The chunk that holds a byte of the model.</summary>
    public EncodedChunk At(long offset)
    {
        var (low, high) = (0, _chunks.Count - 1);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = _chunks[middle].Offset <= offset ? (middle, high) : (low, middle - 1);
        }

        return _chunks[low];
    }
}

/// <summary>A part of a model that is encoded by itself.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Run">The run it is of.</param>
/// <param name="Offset">Where it starts in the model, in bytes.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct EncodedChunk(int Index, ElementRun Run, long Offset, int Length)
{
    /// <summary>Whether its elements are encoded; else its bytes travel as they are.</summary>
    public bool IsFloat32 => Run.Type is ElementType.Float32;
}
