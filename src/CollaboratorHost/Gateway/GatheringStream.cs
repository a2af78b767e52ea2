using System.Net.Sockets;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>
/// A connection that receives much at a time. TLS asks for a record of 16 KiB, and every record that arrives alone wakes a chain of
/// tasks up to whoever reads the message; while bytes flow, this waits a moment and then gives many records at once.
/// </summary>
internal sealed class GatheringStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private const int BufferBytes = 512 << 10;

    // Less than this at a time is a talk, not a transfer, and must not wait; as much as half the buffer needs no gathering.
    private const int FlowBytes = 32 << 10;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private ReadOnlyMemory<byte> _held;
    private bool _flows;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_held.IsEmpty)
        {
            return new(Give(buffer));
        }

        return buffer.IsEmpty ? base.ReadAsync(buffer, cancellationToken) : ReceiveAsync(buffer, cancellationToken);
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_flows)
        {
            await Task.Delay(Moment, cancellationToken);
        }

        var count = await base.ReadAsync(_buffer, cancellationToken);
        _flows = count is >= FlowBytes and < BufferBytes / 2;
        _held = _buffer.AsMemory(0, count);
        return Give(buffer);
    }

    private int Give(Memory<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _held.Length);
        _held[..count].CopyTo(buffer);
        _held = _held[count..];
        return count;
    }
}
