using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>Bytes that are on their way here. What was appended stays when the download breaks, also across a restart.</summary>
internal sealed class PartialTensor : IDisposable
{
    private readonly string _path;
    private readonly string _finalPath;
    private readonly TensorDigest _digest;
    private readonly SafeFileHandle _file;

    public PartialTensor(string path, string finalPath, TensorDigest digest, long byteLength)
    {
        (_path, _finalPath, _digest, ByteLength) = (path, finalPath, digest, byteLength);
        _file = File.OpenHandle(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);
        Length = RandomAccess.GetLength(_file);
        if (Length > byteLength)
        {
            Clear();
        }
    }

    /// <summary>How many bytes there will be.</summary>
    public long ByteLength { get; }

    /// <summary>How many of the first bytes are here.</summary>
    public long Length { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="InvalidDataException">They do not start where the bytes here end, or are more than there should be.</exception>
    public async Task AppendAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (offset != Length || bytes.Length > ByteLength - Length)
        {
            throw new InvalidDataException(
                $"{bytes.Length} bytes arrived for offset {offset}, but {Length} of {ByteLength} bytes are here.");
        }

        await RandomAccess.WriteAsync(_file, bytes, offset, cancellationToken);
        Length += bytes.Length;
    }

    /// <summary>
    /// Moves the bytes to their place if they have the right digest, and says so. If not, they are all dropped: nobody knows
    /// which of them are wrong.
    /// </summary>
    public async Task<bool> CompleteAsync(CancellationToken cancellationToken)
    {
        if (await TensorFile.DigestAsync(_path, cancellationToken) != _digest)
        {
            Clear();
            return false;
        }

        RandomAccess.FlushToDisk(_file);
        File.Move(_path, _finalPath, overwrite: true);
        return true;
    }

    /// <summary>Drops all bytes.</summary>
    public void Clear()
    {
        RandomAccess.SetLength(_file, 0);
        Length = 0;
    }

    public void Dispose() => _file.Dispose();
}
