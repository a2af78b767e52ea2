using System.Threading.Channels;

using Microsoft.Extensions.Time.Testing;

namespace Actors.Contracts.Transfer.Tests;

public sealed class GatheringStreamTests : IDisposable
{
    private const int Record = 16 << 10;

    private readonly FakeTimeProvider _clock = new();
    private readonly Arrivals _arrivals = new();
    private readonly GatheringStream _stream;

    public GatheringStreamTests() => _stream = new(_arrivals, _clock);

    public void Dispose() => _stream.Dispose();

    [Fact]
    public async Task Read_InATalk_GoesStraightToTheConnection()
    {
        _arrivals.Arrive(100);
        var read = new byte[60];

        Assert.Equal(60, await _stream.ReadAsync(read));
        Assert.Equal(40, await _stream.ReadAsync(new byte[60]));
        Assert.Equal(Arrivals.Bytes(0, 60), read);
        Assert.Equal(2, _arrivals.Receives);
    }

    [Fact]
    public async Task Read_OfEverySortInTurn_LosesNothing()
    {
        await BeginTransferAsync();
        _arrivals.Arrive(20);
        var read = new byte[20];

        var first = _stream.ReadAsync(read.AsMemory(0, 5));
        _clock.Advance(GatheringStream.Moment);
        var count = await first;
        count += _stream.Read(read.AsSpan(5, 5));
        count += _stream.Read(read, 10, 5);
        read[15] = (byte)_stream.ReadByte();
        count += await _stream.ReadAsync(read.AsMemory(16));

        Assert.Equal(19, count);
        Assert.Equal(Arrivals.Bytes(Record, 20), read);
    }

    [Fact]
    public async Task Read_OfNothing_EndsWhenSomethingIsThereAndTakesNothing()
    {
        var asked = _stream.ReadAsync(Memory<byte>.Empty);
        Assert.False(asked.IsCompleted);
        _arrivals.Arrive(10);

        Assert.Equal(0, await asked);
        var read = new byte[4];
        Assert.Equal(4, await _stream.ReadAsync(read));
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty));
        Assert.Equal(Arrivals.Bytes(0, 4), read);
        Assert.Equal(6, await _stream.ReadAsync(new byte[10]));
    }

    [Fact]
    public async Task Read_OfNothing_TellsOnlyWhenItHasToWait()
    {
        var silences = 0;
        _stream.WhenSilent = () => silences++;
        _arrivals.Arrive(10);
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty));
        Assert.Equal(0, silences);

        Assert.Equal(10, await _stream.ReadAsync(new byte[10]));
        var asked = _stream.ReadAsync(Memory<byte>.Empty);
        Assert.Equal(1, silences);
        _arrivals.Arrive(1);
        await asked;
        Assert.Equal(1, silences);
    }

    [Fact]
    public async Task Read_AfterATransfersBytes_WaitsAMomentAndGathers()
    {
        await BeginTransferAsync();
        _arrivals.Arrive(Record);
        var next = _stream.ReadAsync(new byte[Record]);
        Assert.False(next.IsCompleted);
        _arrivals.Arrive(Record);
        _clock.Advance(GatheringStream.Moment);

        Assert.Equal(Record, await next);
        Assert.Equal(Record, await _stream.ReadAsync(new byte[2 * Record]));
        Assert.Equal(2, _arrivals.Receives);
    }

    [Fact]
    public async Task Read_AfterATalk_DoesNotWait()
    {
        _arrivals.Arrive(500);
        Assert.Equal(500, await _stream.ReadAsync(new byte[Record]));
        _arrivals.Arrive(10);

        Assert.Equal(10, await _stream.ReadAsync(new byte[100]));
    }

    [Fact]
    public async Task Read_AfterAFullBuffer_DoesNotWait()
    {
        await BeginTransferAsync();
        _arrivals.Arrive(GatheringStream.BufferBytes);
        await ReadAllAsync(GatheringStream.BufferBytes, Record);
        _arrivals.Arrive(10);

        Assert.Equal(10, await _stream.ReadAsync(new byte[100]));
    }

    [Fact]
    public async Task Read_WhenATransferHasEnded_IsATalkAgain()
    {
        await BeginTransferAsync();
        _arrivals.Arrive(100);
        await ReadAllAsync(100, Record);
        _arrivals.Arrive(50);

        Assert.Equal(20, await _stream.ReadAsync(new byte[20]));
        Assert.Equal(30, await _stream.ReadAsync(new byte[40]));
        Assert.Equal(4, _arrivals.Receives);
    }

    [Fact]
    public async Task Read_OnAConnectionThatFellSilentAfterATransfer_HasNoBuffer()
    {
        await BeginTransferAsync();
        _arrivals.Arrive(2 * Record);
        await ReadAllAsync(2 * Record, Record);

        var silent = _stream.ReadAsync(new byte[Record]).AsTask();
        _clock.Advance(GatheringStream.Moment);

        Assert.False(silent.IsCompleted);
        Assert.False(_stream.HasBuffer);
    }

    [Fact]
    public async Task Read_CancelledWhileItWaits_LosesNothing()
    {
        await BeginTransferAsync();
        _arrivals.Arrive(10);
        using var cancellation = new CancellationTokenSource();
        var next = _stream.ReadAsync(new byte[10], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);

        var read = new byte[10];
        var again = _stream.ReadAsync(read);
        _clock.Advance(GatheringStream.Moment);
        Assert.Equal(10, await again);
        Assert.Equal(Arrivals.Bytes(Record, 10), read);
    }

    [Fact]
    public async Task Read_CancelledWhileNothingArrives_LosesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var next = _stream.ReadAsync(new byte[10], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        _arrivals.Arrive(10);

        var read = new byte[10];
        Assert.Equal(10, await _stream.ReadAsync(read));
        Assert.Equal(Arrivals.Bytes(0, 10), read);
    }

    [Fact]
    public async Task Read_AtTheEnd_IsNothingHoweverOften()
    {
        _arrivals.End();

        Assert.Equal(0, await _stream.ReadAsync(new byte[10]));
        Assert.Equal(0, await _stream.ReadAsync(new byte[10]));
    }

    [Fact]
    public async Task Write_GoesStraightThrough()
    {
        await _stream.WriteAsync(new byte[] { 1, 2 });
        _stream.Write([3]);
        await _stream.FlushAsync();

        Assert.Equal([1, 2, 3], _arrivals.Written);
    }

    [Fact]
    public async Task Dispose_ClosesTheConnectionAndEndsAWaitingRead()
    {
        var waiting = _stream.ReadAsync(new byte[10]).AsTask();
        await _stream.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    // A whole record at once, as TLS asks for it.
    private async Task BeginTransferAsync()
    {
        _arrivals.Arrive(Record);
        var record = new byte[Record];
        Assert.Equal(Record, await _stream.ReadAsync(record));
        Assert.Equal(Arrivals.Bytes(0, Record), record);
    }

    private async Task ReadAllAsync(int bytes, int first)
    {
        var buffer = new byte[bytes];
        var read = _stream.ReadExactlyAsync(buffer);
        _clock.Advance(GatheringStream.Moment);
        await read;
        Assert.Equal(Arrivals.Bytes(first, bytes), buffer);
    }

    /// <summary>A connection on which bytes arrive when the test says so: 0, 1, 2, …, and again from 0 after 250.</summary>
    private sealed class Arrivals : MemoryStream
    {
        private const byte Period = 251;

        private readonly Channel<int> _arrived = Channel.CreateUnbounded<int>();
        private int _ready;
        private int _next;

        public int Receives { get; private set; }

        public byte[] Written => ToArray();

        public static byte[] Bytes(int first, int count) => [.. Enumerable.Range(first, count).Select(at => (byte)(at % Period))];

        public void Arrive(int count) => _arrived.Writer.TryWrite(count);

        public void End() => _arrived.Writer.Complete();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_ready == 0 && !await _arrived.Reader.WaitToReadAsync(cancellationToken))
            {
                return 0;
            }

            while (_arrived.Reader.TryRead(out var more))
            {
                _ready += more;
            }

            if (buffer.IsEmpty)
            {
                return 0;
            }

            Receives++;
            var count = Math.Min(buffer.Length, _ready);
            Bytes(_next, count).CopyTo(buffer);
            (_next, _ready) = (_next + count, _ready - count);
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            _arrived.Writer.TryComplete(new ObjectDisposedException(nameof(Arrivals)));
            base.Dispose(disposing);
        }
    }
}
