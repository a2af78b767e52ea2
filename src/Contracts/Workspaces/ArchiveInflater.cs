using System.IO.Compression;

namespace Actors.Contracts.Workspaces;

/// <summary>Inflates entries and counts what comes out, so that a small archive cannot fill a disk.</summary>
internal sealed class ArchiveInflater(string archive, ArchiveOptions options)
{
    private const long RatioFreeBytes = 1 << 20;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private long _total;

    /// <summary>Copies an entry's bytes out.</summary>
    /// <exception cref="ArchiveException">A bound is exceeded; what was copied until then stays.</exception>
    public void Inflate(ZipArchiveEntry entry, Stream target)
    {
        using var source = entry.Open();
        var count = 0L;
        for (var read = source.Read(_buffer); read > 0; read = source.Read(_buffer))
        {
            count += read;
            _total += read;
            if (ProblemOf(entry, count) is { } problem)
            {
                throw new ArchiveException(archive, entry.FullName, problem, "raise the bound if you trust its sender");
            }

            target.Write(_buffer, 0, read);
        }
    }

    private string? ProblemOf(ZipArchiveEntry entry, long count)
    {
        if (count > options.MaximumEntryBytes)
        {
            return $"it unpacks to more than {options.MaximumEntryBytes} bytes";
        }

        if (_total > options.MaximumTotalBytes)
        {
            return $"the entries up to it unpack to more than {options.MaximumTotalBytes} bytes";
        }

        return count > RatioFreeBytes && count / options.MaximumRatio > entry.CompressedLength
            ? $"it unpacks to more than {options.MaximumRatio} times its {entry.CompressedLength} packed bytes"
            : null;
    }
}
