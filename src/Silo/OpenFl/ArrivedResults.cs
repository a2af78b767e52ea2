using System.Buffers;

using Actors.Contracts.OpenFl;

using Microsoft.Win32.SafeHandles;

namespace Actors.Silo.OpenFl;

/// <summary>A result on its way in: its message in a file that goes when it is disposed.</summary>
internal sealed class ArrivedResults : IDisposable
{
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private readonly long _limit;
    private TaskResultsFile? _results;

    /// <summary>Makes an empty file.</summary>
    /// <param name="folder">Where; it is there.</param>
    /// <param name="limit">The most bytes that are taken.</param>
    public ArrivedResults(string folder, long limit)
    {
        _limit = limit;
        File = System.IO.File.OpenHandle(
            Path.Combine(folder, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
    }

    /// <summary>The file.</summary>
    public SafeFileHandle File { get; }

    /// <summary>How many bytes have arrived.</summary>
    public long Length { get; private set; }

    /// <summary>What has arrived.</summary>
    /// <exception cref="InvalidDataException">It is no result.</exception>
    public TaskResultsFile Results => _results ??= TaskResultsFile.Read(File);

    /// <summary>Writes the next bytes.</summary>
    public void Append(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length > _limit - Length)
        {
            throw OpenFlStatus.Never($"A result of more than {_limit} bytes is not taken. Send the tensors of the plan's network, and its optimizer's.");
        }

        _pieces.Clear();
        foreach (var piece in bytes)
        {
            _pieces.Add(piece);
        }

        RandomAccess.Write(File, _pieces, Length);
        Length += bytes.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();
}
