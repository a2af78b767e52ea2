using Actors.Contracts.Tensors;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>A file that is written from start to end, and the digest of what is written.</summary>
internal sealed class DigestedFile(string path) : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
    private readonly TensorDigester _digester = new();

    /// <summary>The number of bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Writes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _digester.Append(bytes);
        Length += bytes.Length;
    }

    /// <summary>Flushes the file to the disk and closes it.</summary>
    /// <returns>The digest of its bytes.</returns>
    public TensorDigest Close()
    {
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        return _digester.Current();
    }

    public void Dispose() => _file.Dispose();
}
