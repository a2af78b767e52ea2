using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

using Microsoft.Win32.SafeHandles;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>The bytes of a file from an offset to its end, as the body of a request: read a piece at a time.</summary>
internal sealed class TensorFileContent : HttpContent
{
    private const int PieceBytes = 256 << 10;

    private readonly SafeFileHandle _file;
    private readonly long _from;
    private readonly long _byteLength;
    private readonly Action _sent;

    /// <summary>Describes the body; nothing is read yet.</summary>
    /// <param name="file">The file; the caller's.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="byteLength">How many bytes the file has.</param>
    /// <param name="sent">Called after each piece.</param>
    public TensorFileContent(SafeFileHandle file, long from, long byteLength, Action sent)
    {
        (_file, _from, _byteLength, _sent) = (file, from, byteLength, sent);
        Headers.ContentRange = new ContentRangeHeaderValue(from, byteLength - 1, byteLength);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var offset = _from; offset < _byteLength;)
            {
                var count = (int)Math.Min(PieceBytes, _byteLength - offset);
                TensorFile.ReadExactly(_file, piece.AsSpan(0, count), offset);
                await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken);
                offset += count;
                _sent();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _byteLength - _from;
        return true;
    }
}
