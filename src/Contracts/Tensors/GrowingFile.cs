using System.Buffers;
using System.Buffers.Binary;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Tensors;

/// <summary>
/// A file that is written from start to end, and the digest of what is written. What was written stays, also when the process is killed, and can be
/// gone on with. For one thread at a time, and one owner: the file is locked.
/// </summary>
/// <remarks>
/// It may be written over a spare file. Then a second file beside it, its mark, says up to where the bytes are new: it is there before the first of them
/// and as long as there are old ones behind them.
/// </remarks>
public sealed class GrowingFile : IDisposable
{
    /// <summary>The end of the name of a file's mark.</summary>
    public const string MarkSuffix = ".mark";

    /// <summary>How many new bytes a process that is killed may lose where they are written over old ones.</summary>
    public const long MarkedBytes = 8 << 20;

    private readonly string _path;
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private SafeFileHandle _file;
    private TensorDigester _digester = new();
    private SafeFileHandle? _mark;
    private long _marked;
    private long _oldLength;

    /// <summary>Opens a file at its present length, or begins it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="byteLength">About how many bytes it will have; 0 when that is not known.</param>
    /// <param name="spares">What it may be written over.</param>
    /// <param name="anew">Whether what is there is dropped.</param>
    /// <exception cref="IOException">Somebody else writes it, or the disk refuses.</exception>
    public GrowingFile(string path, long byteLength, SpareFiles spares, bool anew = false)
    {
        ArgumentNullException.ThrowIfNull(spares);
        _path = path;
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            if (anew)
            {
                RandomAccess.SetLength(_file, 0);
            }

            var length = LengthOf(path);
            if (length == 0 && byteLength >= SpareFiles.LeastBytes)
            {
                TakeOver(spares);
            }

            Open(length);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>How many bytes are written.</summary>
    public long Length { get; private set; }

    /// <summary>How many bytes are written to a file that may be another's at the moment; 0 when there is none.</summary>
    public static long LengthOf(string path)
    {
        if (new FileInfo(path) is not { Exists: true } file)
        {
            return 0;
        }

        try
        {
            var mark = File.ReadAllBytes(path + MarkSuffix);
            return mark.Length == sizeof(long) ? Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(mark), 0, file.Length) : 0;
        }
        catch (FileNotFoundException)
        {
            return file.Length;
        }
    }

    /// <summary>Writes the next bytes.</summary>
    /// <exception cref="IOException">The disk refuses; what was written before stays.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, Length);
        _digester.Append(bytes);
        Grow(bytes.Length);
    }

    /// <summary>Writes the next bytes, which lie in several pieces, with one system call.</summary>
    /// <exception cref="IOException">The disk refuses; what was written before stays.</exception>
    public void Append(in ReadOnlySequence<byte> bytes)
    {
        _pieces.Clear();
        foreach (var piece in bytes)
        {
            _pieces.Add(piece);
        }

        RandomAccess.Write(_file, _pieces, Length);
        foreach (var piece in _pieces)
        {
            _digester.Append(piece.Span);
        }

        Grow(bytes.Length);
    }

    /// <summary>The digest of what is written so far.</summary>
    public TensorDigest Digest() => _digester.Current();

    /// <summary>Drops all bytes.</summary>
    public void Clear()
    {
        RandomAccess.SetLength(_file, 0);
        DropMark();
        (Length, _digester) = (0, new());
    }

    /// <summary>Makes the file end where the written bytes end, so that it can be given another name; it stays locked where the system can do both.</summary>
    /// <param name="flushToDisk">Whether it then is on the disk.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Complete(bool flushToDisk)
    {
        Cut();
        if (flushToDisk)
        {
            RandomAccess.FlushToDisk(_file);
        }

        if (OperatingSystem.IsWindows())
        {
            _file.Dispose();
        }
    }

    /// <summary>Closes and deletes it.</summary>
    public void Delete()
    {
        Close();
        File.Delete(_path);
        File.Delete(_path + MarkSuffix);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (!_file.IsClosed)
            {
                Cut();
            }
        }
        catch (IOException)
        {
            // The mark still says how much of it counts.
        }

        Close();
    }

    // The mark is there before the name leads to old bytes, and both files are locked before it changes.
    private void TakeOver(SpareFiles spares)
    {
        if (spares.TryTake(out var spare) is not { } old)
        {
            return;
        }

        try
        {
            _mark = File.OpenHandle(_path + MarkSuffix, FileMode.OpenOrCreate, FileAccess.Write);
            WriteMark();
            File.Move(spare, _path, overwrite: true);
        }
        catch
        {
            old.Dispose();
            File.Delete(spare);
            throw;
        }

        _file.Dispose();
        _file = old;
    }

    private void Open(long length)
    {
        _oldLength = RandomAccess.GetLength(_file);
        if (length < _oldLength)
        {
            _mark ??= File.OpenHandle(_path + MarkSuffix, FileMode.OpenOrCreate, FileAccess.Write);
        }
        else
        {
            File.Delete(_path + MarkSuffix);
        }

        // What is there from before is read once more: the digest is of all bytes.
        _digester.Append(_file, length);
        (Length, _marked) = (length, length);
    }

    private void Grow(long bytes)
    {
        Length += bytes;
        if (_mark is null)
        {
            return;
        }

        if (Length >= _oldLength)
        {
            DropMark();
        }
        else if (Length - _marked >= MarkedBytes)
        {
            WriteMark();
        }
    }

    private void WriteMark()
    {
        Span<byte> mark = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(mark, Length);
        RandomAccess.Write(_mark!, mark, 0);
        _marked = Length;
    }

    private void Cut()
    {
        if (_mark is not null)
        {
            RandomAccess.SetLength(_file, Length);
            DropMark();
        }
    }

    private void DropMark()
    {
        if (_mark is { } mark)
        {
            mark.Dispose();
            _mark = null;
            File.Delete(_path + MarkSuffix);
        }
    }

    private void Close()
    {
        _mark?.Dispose();
        _file.Dispose();
    }
}
