using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Actors.Grains.Aggregation;

/// <summary>
/// Straight-line code that parts the coordinates of a number of updates and averages the middle ones, written once for each number: its
/// columns stay in the processor's registers, where a loop over a list of exchanges would load and store each of them every time.
/// </summary>
internal static class MiddleMeanCode
{
    /// <summary>
    /// For how many updates there is code. With more of them most columns would lie on the stack, and the code would be long.
    /// </summary>
    public const int MostUpdates = 32;

    /// <summary>How many coordinates are sorted at a time.</summary>
    public const int Lanes = 16;

    private static readonly ConcurrentDictionary<(int Count, int Dropped), Combine> Known = [];

    /// <summary>Averages the middle ones of each coordinate.</summary>
    /// <param name="values">The address of the first update's numbers.</param>
    /// <param name="stride">From one update to the next, in bytes.</param>
    /// <param name="result">The address that takes the means.</param>
    /// <param name="length">How many bytes of each; a multiple of a vector's.</param>
    public delegate void Combine(long values, long stride, long result, long length);

    /// <summary>The code for a number of updates.</summary>
    /// <param name="count">How many; at most <see cref="MostUpdates"/>.</param>
    /// <param name="dropped">How many are dropped at each end; less than half.</param>
    public static Combine For(int count, int dropped) => Known.GetOrAdd((count, dropped), static key => Write(key.Count, key.Dropped));

    private static Combine Write(int count, int dropped)
    {
        var (values, stride) = (Expression.Parameter(typeof(long), "values"), Expression.Parameter(typeof(long), "stride"));
        var (result, length) = (Expression.Parameter(typeof(long), "result"), Expression.Parameter(typeof(long), "length"));
        var (at, row, end) = (Expression.Variable(typeof(long), "at"), Expression.Variable(typeof(long), "row"), Expression.Label());
        var columns = Enumerable.Range(0, count).Select(update => Expression.Variable(typeof(Vector512<float>), $"column{update}")).ToArray();
        var greater = Expression.Variable(typeof(Vector512<float>), "greater");

        List<Expression> steps =
        [
            Expression.IfThen(Expression.GreaterThanOrEqual(at, length), Expression.Break(end)),
            Expression.Assign(row, Expression.Add(values, at)),
        ];
        var loaded = new HashSet<int>();
        foreach (var (low, high) in SortingNetwork.For(count, dropped, count - 1 - dropped))
        {
            Need(low);
            Need(high);
            steps.Add(Expression.Assign(greater, Call(nameof(Vector512.MaxNative), columns[low], columns[high])));
            steps.Add(Expression.Assign(columns[low], Call(nameof(Vector512.MinNative), columns[low], columns[high])));
            steps.Add(Expression.Assign(columns[high], greater));
        }

        var middle = Enumerable.Range(dropped, count - (2 * dropped)).ToList();
        middle.ForEach(Need);
        steps.AddRange(Mean([.. middle.Select(place => columns[place])], Expression.Add(result, at), out var sums));
        steps.Add(Expression.AddAssign(at, Expression.Constant((long)Vector512<byte>.Count)));
        return Expression.Lambda<Combine>(
            Expression.Block([at, row, greater, .. sums, .. columns], Expression.Loop(Expression.Block(steps), end)),
            [values, stride, result, length]).Compile();

        // As late as can be: a column that waits takes a register.
        void Need(int update)
        {
            if (loaded.Add(update))
            {
                var place = Expression.Add(row, Expression.Multiply(stride, Expression.Constant((long)update)));
                steps.Add(Expression.Assign(columns[update], Expression.Call(typeof(MiddleMeanCode), nameof(Load), null, place)));
            }
        }
    }

    private static List<Expression> Mean(ParameterExpression[] columns, Expression to, out ParameterExpression[] sums)
    {
        var (lower, upper) = (Expression.Variable(typeof(Vector512<double>), "lower"), Expression.Variable(typeof(Vector512<double>), "upper"));
        sums = [lower, upper];
        var first = columns[0];
        List<Expression> steps = [Expression.Assign(lower, Half(nameof(Lower), first)), Expression.Assign(upper, Half(nameof(Upper), first))];
        foreach (var column in columns[1..])
        {
            steps.Add(Expression.Assign(lower, Expression.Add(lower, Half(nameof(Lower), column))));
            steps.Add(Expression.Assign(upper, Expression.Add(upper, Half(nameof(Upper), column))));
        }

        // A division takes as long as many exchanges; by a power of two it is a multiplication, to the bit.
        var (store, number) = BitOperations.IsPow2(columns.Length) ? (nameof(StoreProduct), 1.0 / columns.Length) : (nameof(StoreQuotient), columns.Length);
        steps.Add(Expression.Call(typeof(MiddleMeanCode), store, null, lower, upper, Expression.Constant(number), to));
        return steps;
    }

    private static MethodCallExpression Call(string name, Expression one, Expression other) =>
        Expression.Call(typeof(Vector512), name, [typeof(float)], one, other);

    private static MethodCallExpression Half(string name, Expression column) => Expression.Call(typeof(MiddleMeanCode), name, null, column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<float> Load(long address)
    {
        MemoryAhead.Ask((byte*)address);
        return OrderStatistics.OneZero(Vector512.Load((float*)address));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Lower(Vector512<float> column) => Vector512.WidenLower(column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Upper(Vector512<float> column) => Vector512.WidenUpper(column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreProduct(Vector512<double> lower, Vector512<double> upper, double factor, long address)
    {
        var factors = Vector512.Create(factor);
        Vector512.Narrow(lower * factors, upper * factors).Store((float*)address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreQuotient(Vector512<double> lower, Vector512<double> upper, double number, long address)
    {
        var numbers = Vector512.Create(number);
        Vector512.Narrow(lower / numbers, upper / numbers).Store((float*)address);
    }
}
