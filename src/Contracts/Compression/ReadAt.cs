namespace Actors.Contracts.Compression;

/// <summary>Fills the destination with the bytes from an offset on. Safe for use by many threads.</summary>
public delegate void ReadAt(long offset, Span<byte> destination);
