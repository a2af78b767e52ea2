using System.Buffers;

using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>A file under <c>stages/</c> that grows until it is renamed to its digest.</summary>
internal sealed class FileTensorStage : ITensorStage
{
    private readonly string _path;
    private readonly string _folder;
    private readonly Durability _durability;
    private readonly GrowingFile _file;

    private FileTensorStage(string path, string folder, GrowingFile file, Durability durability) =>
        (_path, _folder, _file, _durability) = (path, folder, file, durability);

    public long Length => _file.Length;

    /// <summary>Opens a stage at its present length, or begins it.</summary>
    public static FileTensorStage Open(string path, string folder, long byteLength, SpareFiles spares, Durability durability) =>
        Begin(path, folder, durability, () => new(path, byteLength, spares));

    /// <summary>Begins a stage anew.</summary>
    public static FileTensorStage Create(string path, string folder, SpareFiles spares, Durability durability) =>
        Begin(path, folder, durability, () => new(path, byteLength: 0, spares, anew: true));

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Append(bytes);
        }
        catch (IOException problem)
        {
            throw StoreFiles.Refused(_path, problem);
        }
    }

    public void Append(in ReadOnlySequence<byte> bytes)
    {
        try
        {
            _file.Append(bytes);
        }
        catch (IOException problem)
        {
            throw StoreFiles.Refused(_path, problem);
        }
    }

    public TensorDigest Digest() => _file.Digest();

    // The lock is held until nobody else can find the stage.
    public TensorDigest Commit() => Try(_path, () =>
    {
        var digest = Digest();
        _file.Complete(_durability == Durability.PowerLoss);
        StoreFiles.Publish(_path, Path.Combine(_folder, digest.ToString()), _durability);
        _file.Dispose();
        return digest;
    });

    public void Abandon() => _file.Delete();

    public void Dispose() => _file.Dispose();

    private static FileTensorStage Begin(string path, string folder, Durability durability, Func<GrowingFile> open) => Try(path, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileTensorStage(path, folder, open(), durability);
    });

    private static T Try<T>(string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreFiles.Refused(path, problem);
        }
    }
}
