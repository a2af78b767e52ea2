using System.Buffers;

namespace Actors.Contracts.Transfer;

/// <summary>
/// A connection that receives much at a time. TLS asks for a record of 16 KiB, and every record that arrives alone wakes a chain of
/// tasks up to whoever reads the message; while bytes flow, this waits a moment and then gives many records at once. A connection on which
/// little is said has no buffer and never waits.
/// </summary>
/// <param name="connection">What is read and written; disposed with this.</param>
/// <param name="clock">Measures the moment.</param>
public sealed class GatheringStream(Stream connection, TimeProvider clock) : Stream
{
    /// <summary>The most bytes of one receive.</summary>
    public const int BufferBytes = 512 << 10;

    /// <summary>How long to wait while bytes flow.</summary>
    internal static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    // Who asks for as much as a record and gets it all is in a transfer. Less than this at a time is a talk again.
    private const int FlowBytes = 16 << 10;

    private byte[]? _buffer;
    private ReadOnlyMemory<byte> _held;
    private bool _flows;
    private bool _waits;

    /// <summary>Is told when nothing has come for whoever waits for the next byte, which may come meanwhile. Default: nobody.</summary>
    public Action? WhenSilent { get; set; }

    /// <summary>Whether there is a buffer now: only while it is filled or has something left.</summary>
    internal bool HasBuffer => _buffer is not null;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_held.IsEmpty)
        {
            return new(Give(buffer.Span));
        }

        return buffer.IsEmpty ? WaitAsync(cancellationToken) : ReceiveAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _held.IsEmpty ? connection.Read(buffer) : Give(buffer);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.WriteAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => connection.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => connection.Write(buffer);

    /// <inheritdoc/>
    public override void Flush() => connection.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The buffer is left to the collector: a read may still be filling it.
            connection.Dispose();
        }

        base.Dispose(disposing);
    }

    // A read of nothing asks whether there is something.
    private ValueTask<int> WaitAsync(CancellationToken cancellationToken)
    {
        var something = connection.ReadAsync(Memory<byte>.Empty, cancellationToken);
        if (!something.IsCompleted)
        {
            WhenSilent?.Invoke();
        }

        return something;
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_flows)
        {
            var few = await connection.ReadAsync(buffer, cancellationToken);
            _flows = _waits = few >= FlowBytes && few == buffer.Length;
            return few;
        }

        // Until something is here nothing is rented: a connection may fall silent after the last record of a transfer.
        _ = await connection.ReadAsync(Memory<byte>.Empty, cancellationToken);
        if (_waits)
        {
            await Task.Delay(Moment, clock, cancellationToken);
        }

        // Until bytes are here nothing has changed: a read that is cancelled may be repeated.
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferBytes);
        var count = await connection.ReadAsync(_buffer.AsMemory(0, BufferBytes), cancellationToken);

        // As much as half the buffer needs no gathering.
        (_flows, _waits) = (count >= FlowBytes, count is >= FlowBytes and < BufferBytes / 2);
        _held = _buffer.AsMemory(0, count);
        return Give(buffer.Span);
    }

    private int Give(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _held.Length);
        _held.Span[..count].CopyTo(buffer);
        _held = _held[count..];
        if (_held.IsEmpty && _buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        return count;
    }
}
