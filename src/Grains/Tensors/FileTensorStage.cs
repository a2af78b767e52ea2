using System.Buffers;

using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.Grains.Tensors;

/// <summary>A file under <c>stages/</c> that grows until it is renamed to its digest.</summary>
internal sealed class FileTensorStage : ITensorStage
{
    private readonly string _path;
    private readonly string _folder;
    private readonly Durability _durability;
    private readonly SafeFileHandle _file;
    private readonly TensorDigester _digester = new();
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];

    public FileTensorStage(string path, string folder, FileMode mode, Durability durability)
    {
        (_path, _folder, _durability) = (path, folder, durability);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // No sharing: two streams into one stage would mix their bytes.
            _file = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreFiles.Refused(path, problem);
        }

        // What a stage holds from before is read once more: the digest is of all bytes, those of an earlier stream included.
        Length = _digester.Append(_file);
    }

    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file, bytes, Length);
        }
        catch (IOException problem)
        {
            throw StoreFiles.Refused(_path, problem);
        }

        _digester.Append(bytes);
        Length += bytes.Length;
    }

    public void Append(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            Append(bytes.FirstSpan);
            return;
        }

        // One system call, however many pieces.
        _pieces.Clear();
        foreach (var piece in bytes)
        {
            _pieces.Add(piece);
        }

        try
        {
            RandomAccess.Write(_file, _pieces, Length);
        }
        catch (IOException problem)
        {
            throw StoreFiles.Refused(_path, problem);
        }

        foreach (var piece in bytes)
        {
            _digester.Append(piece.Span);
        }

        Length += bytes.Length;
    }

    public TensorDigest Digest() => _digester.Current();

    public TensorDigest Commit()
    {
        var digest = Digest();
        try
        {
            StoreFiles.Synchronise(_file, _durability);
            if (OperatingSystem.IsWindows())
            {
                _file.Dispose(); // An open file cannot be renamed there. Elsewhere the lock is held until nobody else can find the stage.
            }

            StoreFiles.Publish(_path, Path.Combine(_folder, digest.ToString()), _durability);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreFiles.Refused(_path, problem);
        }

        _file.Dispose();
        return digest;
    }

    public void Abandon()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _file.Dispose();
}
