namespace Actors.Contracts.Workspaces;

/// <summary>How much an archive may hold. What is counted is what comes out, not what the archive says of itself.</summary>
public sealed class ArchiveOptions
{
    /// <summary>The most entries. Default: 10,000.</summary>
    public int MaximumEntries { get; set; } = 10_000;

    /// <summary>The most bytes of one entry, unpacked. Default: 256 MiB.</summary>
    public long MaximumEntryBytes { get; set; } = 256L << 20;

    /// <summary>The most bytes of all entries, unpacked. Default: 1 GiB.</summary>
    public long MaximumTotalBytes { get; set; } = 1L << 30;

    /// <summary>How many times its packed size an entry may unpack to, once it exceeds 1 MiB. Default: 100.</summary>
    public int MaximumRatio { get; set; } = 100;

    /// <summary>The most bytes of <c>data/</c> that an export takes along. Default: 16 MiB.</summary>
    public long MaximumDataBytes { get; set; } = 16L << 20;
}
