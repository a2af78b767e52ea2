using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

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
    private readonly SafeFileHandle _file;
    private TensorDigester _digester = new();

    public PartialTensor(string path, string finalPath, TensorDigest digest, long byteLength)
    {
        (_path, _finalPath, _digest, ByteLength) = (path, finalPath, digest, byteLength);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        if (RandomAccess.GetLength(_file) > byteLength)
        {
            Clear();
        }
        else
        {
            Length = _digester.Append(_file);
        }
    }

    /// <summary>How many bytes there will be.</summary>
    public long ByteLength { get; }

    /// <summary>How many of the first bytes are here.</summary>
    public long Length { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are more than are missing.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, ByteLength - Length, nameof(bytes));
        RandomAccess.Write(_file, bytes, Length);
        _digester.Append(bytes);
        Length += bytes.Length;
    }

    /// <summary>
    /// Moves the bytes to their place if they have the right digest, and says so. If not, they are all dropped: nobody knows
    /// which of them are wrong.
    /// </summary>
    public bool Complete()
    {
        if (_digester.Current() != _digest)
        {
            Clear();
            return false;
        }

        // Not flushed to the disk: should the power fail, the digest tells when they are read, and they are pulled again.
        File.Move(_path, _finalPath, overwrite: true);
        return true;
    }

    /// <summary>Drops all bytes.</summary>
    public void Clear()
    {
        RandomAccess.SetLength(_file, 0);
        (Length, _digester) = (0, new());
    }

    public void Dispose() => _file.Dispose();
}
