using Google.Protobuf;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Federations;

/// <summary>Sends a file in pieces.</summary>
internal static class FileParts
{
    private const int PieceBytes = 60 << 10;

    /// <summary>Sends a file from an offset on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative or beyond the file's end.</exception>
    public static async Task SendAsync(
        string path, long offset, IServerStreamWriter<Wire.ArchivePart> destination, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, file.Length);
        file.Seek(offset, SeekOrigin.Begin);
        var buffer = new byte[PieceBytes];
        while (await file.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            await destination.WriteAsync(new() { Data = ByteString.CopyFrom(buffer, 0, count) }, cancellationToken);
        }
    }
}
