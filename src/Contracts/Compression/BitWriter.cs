using System.Numerics;

namespace Actors.Contracts.Compression;

/// <summary>Packs numbers of any width into bytes, the lowest bit first.</summary>
/// <param name="destination">Where the bytes go; it must be long enough.</param>
internal ref struct BitWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private ulong _pending;
    private int _bits;
    private int _written;

    /// <summary>Appends the low bits of a value.</summary>
    /// <param name="value">Has no bits above them.</param>
    /// <param name="bits">0 to 32.</param>
    public void Write(uint value, int bits)
    {
        _pending |= (ulong)value << _bits;
        for (_bits += bits; _bits >= 8; _bits -= 8)
        {
            _destination[_written++] = (byte)_pending;
            _pending >>= 8;
        }
    }

    /// <summary>Appends as many ones, and a zero.</summary>
    public void WriteUnary(uint ones)
    {
        for (; ones >= 16; ones -= 16)
        {
            Write(0xFFFF, 16);
        }

        Write((1u << (int)ones) - 1, (int)ones + 1);
    }

    /// <summary>Fills the last byte with zeros.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Finish()
    {
        if (_bits > 0)
        {
            _destination[_written++] = (byte)_pending;
            (_pending, _bits) = (0, 0);
        }

        return _written;
    }
}

/// <summary>Reads what a <see cref="BitWriter"/> wrote.</summary>
/// <param name="source">The bytes.</param>
internal ref struct BitReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private ulong _pending;
    private int _bits;

    /// <summary>How many bytes were touched.</summary>
    public int BytesRead { get; private set; }

    /// <summary>The next bits.</summary>
    /// <param name="bits">0 to 32.</param>
    /// <exception cref="FormatException">The bytes end before them.</exception>
    public uint Read(int bits)
    {
        while (_bits < bits)
        {
            Fill();
        }

        var value = (uint)(_pending & ((1UL << bits) - 1));
        (_pending, _bits) = (_pending >> bits, _bits - bits);
        return value;
    }

    /// <summary>The number of ones before the next zero.</summary>
    /// <exception cref="FormatException">The bytes end before it.</exception>
    public uint ReadUnary()
    {
        for (var ones = 0u; ;)
        {
            if (_bits == 0)
            {
                Fill();
            }

            var run = Math.Min(BitOperations.TrailingZeroCount(~_pending), _bits);
            (_pending, _bits, ones) = (_pending >> run, _bits - run, ones + (uint)run);
            if (_bits > 0)
            {
                Read(1);
                return ones;
            }
        }
    }

    private void Fill()
    {
        if (BytesRead == _source.Length)
        {
            throw new FormatException($"The encoded values end after {_source.Length} bytes, in the middle. Send the tensors again.");
        }

        _pending |= (ulong)_source[BytesRead++] << _bits;
        _bits += 8;
    }
}
