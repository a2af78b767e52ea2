using Actors.Contracts.Tensors;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>
/// Bytes that are on their way here. What was appended stays when the download breaks, also across a restart. The digest is
/// computed as they come. For one thread at a time.
/// </summary>
internal sealed class PartialTensor : IDisposable
{
    private readonly string _path;
    private readonly string _finalPath;
    private readonly TensorDigest _digest;
    private readonly GrowingFile _file;

    public PartialTensor(string path, string finalPath, TensorDigest digest, long byteLength, SpareFiles spares)
    {
        (_path, _finalPath, _digest, ByteLength) = (path, finalPath, digest, byteLength);
        _file = new(path, byteLength, spares);
        if (Length > byteLength)
        {
            Clear();
        }
    }

    /// <summary>How many bytes there will be.</summary>
    public long ByteLength { get; }

    /// <summary>How many of the first bytes are here.</summary>
    public long Length => _file.Length;

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are more than are missing.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, ByteLength - Length, nameof(bytes));
        _file.Append(bytes);
    }

    /// <summary>
    /// Moves the bytes to their place if they have the right digest, and says so. If not, they are all dropped: nobody knows
    /// which of them are wrong.
    /// </summary>
    public bool Complete()
    {
        if (_file.Digest() != _digest)
        {
            Clear();
            return false;
        }

        // Not flushed to the disk: should the power fail, the digest tells when they are read, and they are pulled again.
        _file.Complete(flushToDisk: false);
        File.Move(_path, _finalPath, overwrite: true);
        _file.Dispose();
        return true;
    }

    /// <summary>Drops all bytes.</summary>
    public void Clear() => _file.Clear();

    public void Dispose() => _file.Dispose();
}
