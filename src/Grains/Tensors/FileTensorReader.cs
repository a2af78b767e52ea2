using System.Diagnostics;

using Microsoft.Win32.SafeHandles;

namespace Actors.Grains.Tensors;

/// <summary>Positioned reads of one file.</summary>
internal sealed class FileTensorReader : ITensorReader
{
    private readonly SafeFileHandle _file;
    private readonly string _path;

    private FileTensorReader(SafeFileHandle file, string path)
    {
        (_file, _path) = (file, path);
        Length = RandomAccess.GetLength(file);
    }

    public long Length { get; }

    // A stage keeps its lock until a moment after it has its name: another may look for the bytes just then.
    private static readonly TimeSpan MomentAfterCommit = TimeSpan.FromSeconds(1);

    public static FileTensorReader? TryOpen(string path)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), path);
            }
            catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (IOException problem)
            {
                if (Stopwatch.GetElapsedTime(started) > MomentAfterCommit)
                {
                    throw new TensorStoreException($"The tensor store cannot read {path}: {problem.Message}", problem);
                }

                Thread.Sleep(1);
            }
        }
    }

    public void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var read = ReadSome(offset, destination);
            if (read == 0)
            {
                throw new TensorStoreException($"{_path} ends at byte {offset}; the bytes after it are gone. Restore the store's folder from a backup.");
            }

            offset += read;
            destination = destination[read..];
        }
    }

    public void Dispose() => _file.Dispose();

    private int ReadSome(long offset, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(_file, destination, offset);
        }
        catch (IOException problem)
        {
            throw new TensorStoreException($"The tensor store cannot read {_path}: {problem.Message}", problem);
        }
    }
}
