using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>
/// One thread's memory for a block of several updates, row after row, the current model's row last.
/// </summary>
/// <param name="files">What is read.</param>
/// <param name="updates">Which updates have a row, in order.</param>
/// <param name="withModel">Whether the current model has one.</param>
internal sealed unsafe class BlockRows(UpdateFiles files, IReadOnlyList<int> updates, bool withModel) : IDisposable
{
    // A system call costs what it takes to copy 50 KB: long rows are read faster, though they leave the processor's nearest cache.
    private const long AllThreadsBytes = 8 << 20;
    private const long FewestThreadBytes = 2 << 20;
    private const long MostRowBytes = 512 << 10;

    // With ten thousand updates of float64, 20 MiB a thread.
    private const int FewestElements = DeltaCells.Elements;
    private const int Alignment = 64;

    // Rows whose starts are a power of two apart would all want the same few places of the processor's cache.
    private const int BetweenRows = 64;

    private readonly bool _withModel = (withModel || updates.Any(update => files.Sources[update].IsMoved)) && files.HasModel;
    private void* _memory;
    private long _capacity;
    private byte[] _raw = [];
    private double[] _start = [];
    private int _elements;
    private bool _isWide;

    /// <summary>From the start of one row to that of the next, in numbers.</summary>
    public int Stride => _elements + BetweenRows;

    /// <summary>Where the current model's row starts; where the rows end when it has none.</summary>
    public int ModelStart => updates.Count * Stride;

    /// <summary>The rows of a block that was loaded as float32.</summary>
    public ReadOnlySpan<float> Singles => Row<float>();

    /// <summary>The rows of a block that was loaded as float64.</summary>
    public ReadOnlySpan<double> Doubles => Row<double>();

    private int Rows => updates.Count + (_withModel ? 1 : 0);

    /// <summary>How many elements a block has.</summary>
    /// <param name="updates">How many rows it has.</param>
    /// <param name="type">Of which type.</param>
    /// <param name="threads">How many threads have such rows at a time.</param>
    public static int Elements(int updates, ElementType type, int threads)
    {
        var row = Math.Min(Math.Max(AllThreadsBytes / threads, FewestThreadBytes) / Math.Max(updates, 1), MostRowBytes);
        var fitting = row / (type == ElementType.Float32 ? sizeof(float) : sizeof(double));
        return (int)Math.Max(fitting / FewestElements * FewestElements, FewestElements);
    }

    /// <summary>Reads a block of all rows.</summary>
    /// <param name="block">The block.</param>
    /// <param name="wide">Whether as float64; else float32 stays what it is.</param>
    public void Load(ElementBlock block, bool wide)
    {
        (_elements, _isWide) = (block.Elements, wide || block.Run.Type != ElementType.Float32);
        Reserve((long)Rows * Stride * (_isWide ? sizeof(double) : sizeof(float)));
        if (_withModel)
        {
            Read(block, destination => files.ReadModel(block.Offset, destination), updates.Count);
        }

        for (var row = 0; row < updates.Count; row++)
        {
            var update = updates[row];
            Read(block, destination => files.Read(update, block.Offset, destination), row);
            if (files.Sources[update].IsMoved)
            {
                Move(block, update, row);
            }
        }
    }

    /// <summary>Writes a cell of a row's difference to the current model, from zero when there is none.</summary>
    public void Delta(int row, int cell, Span<double> delta)
    {
        var (start, length) = (cell * DeltaCells.Elements, Math.Min(DeltaCells.Elements, _elements - (cell * DeltaCells.Elements)));
        var (at, model) = ((row * Stride) + start, ModelStart + start);
        if (_isWide)
        {
            DeltaCells.Subtract(Doubles.Slice(at, length), _withModel ? Doubles.Slice(model, length) : [], delta);
        }
        else
        {
            DeltaCells.Subtract(Singles.Slice(at, length), _withModel ? Singles.Slice(model, length) : [], delta);
        }
    }

    /// <summary>Writes the squared norms of all cells of a row's difference to the current model, from zero when there is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="squares">Takes as many as the block has cells.</param>
    /// <param name="delta">Room for a cell.</param>
    public void SquaredNorms(int row, Span<double> squares, Span<double> delta)
    {
        var whole = _isWide ? 0 : _elements / DeltaCells.Elements;
        DeltaKernels.SquaredNorms(SinglesAt(row, 0), ModelAt(0), squares[..whole]);
        for (var cell = whole; cell < squares.Length; cell++)
        {
            Delta(row, cell, delta);
            squares[cell] = DeltaCells.Dot(delta, delta);
        }
    }

    /// <summary>
    /// Writes the inner products of each row's difference of a cell with the sum of all of them, each times its factor.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="factors">As many as updates.</param>
    /// <param name="products">Takes as many.</param>
    /// <param name="sum">Room for a cell.</param>
    /// <param name="delta">Room for another.</param>
    public void ProductsWithSum(int cell, ReadOnlySpan<double> factors, Span<double> products, Span<double> sum, Span<double> delta)
    {
        if (_isWide || (cell + 1) * DeltaCells.Elements > _elements)
        {
            sum[..DeltaCells.Elements].Clear();
            for (var row = 0; row < factors.Length; row++)
            {
                Delta(row, cell, delta);
                DeltaCells.Add(sum, delta, factors[row]);
            }

            for (var row = 0; row < factors.Length; row++)
            {
                Delta(row, cell, delta);
                products[row] = DeltaCells.Dot(delta, sum);
            }

            return;
        }

        fixed (double* room = sum)
        {
            DeltaKernels.WeightedSum(SinglesAt(0, cell), Stride, ModelAt(cell), factors, room);
            for (var row = 0; row < factors.Length; row++)
            {
                products[row] = DeltaKernels.Dot(SinglesAt(row, cell), ModelAt(cell), room);
            }
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }

    private float* SinglesAt(int row, int cell) => (float*)_memory + (row * (nint)Stride) + (cell * DeltaCells.Elements);

    private float* ModelAt(int cell) => _withModel ? SinglesAt(updates.Count, cell) : null;

    private Span<T> Row<T>()
        where T : unmanaged => new(_memory, Rows * Stride);

    private void Read(ElementBlock block, FillBytes read, int row)
    {
        if (_isWide)
        {
            var raw = Raw(block);
            read(raw);
            ElementBlocks.ToDouble(block.Run.Type, raw, Row<double>().Slice(row * Stride, _elements));
        }
        else
        {
            read(MemoryMarshal.AsBytes(Row<float>().Slice(row * Stride, _elements)));
        }
    }

    // x + s (y − x'): what the update would be, had it started from the current model.
    private void Move(ElementBlock block, int update, int row)
    {
        var raw = Raw(block);
        var freshness = files.Sources[update].Freshness;
        files.ReadStart(update, block.Offset, raw);
        if (_start.Length < _elements)
        {
            _start = new double[_elements];
        }

        ElementBlocks.ToDouble(block.Run.Type, raw, _start.AsSpan(0, _elements));
        var at = row * Stride;
        for (var i = 0; i < _elements; i++)
        {
            if (_isWide)
            {
                var rows = Row<double>();
                rows[at + i] = rows[ModelStart + i] + (freshness * (rows[at + i] - _start[i]));
            }
            else
            {
                var rows = Row<float>();
                rows[at + i] = (float)(rows[ModelStart + i] + (freshness * (rows[at + i] - _start[i])));
            }
        }
    }

    private Span<byte> Raw(ElementBlock block)
    {
        if (_raw.Length < block.ByteLength)
        {
            _raw = new byte[block.ByteLength];
        }

        return _raw.AsSpan(0, block.ByteLength);
    }

    private void Reserve(long bytes)
    {
        if (bytes > _capacity)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
            _capacity = bytes;
        }
    }

    private delegate void FillBytes(Span<byte> destination);
}
