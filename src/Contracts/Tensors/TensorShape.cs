using System.Collections.Immutable;
using System.Globalization;

namespace Actors.Contracts.Tensors;

/// <summary>A tensor's axes, outermost first. A scalar has none. Elements lie in row-major order.</summary>
public readonly struct TensorShape : IEquatable<TensorShape>
{
    private readonly ImmutableArray<long> _axes;

    // Less one, so that the default value is the scalar it looks like.
    private readonly long _countLessOne;

    /// <summary>Makes a shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An axis is negative.</exception>
    /// <exception cref="OverflowException">The number of elements does not fit 64 bits.</exception>
    public TensorShape(params ReadOnlySpan<long> axes)
    {
        var count = 1L;
        foreach (var axis in axes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(axis, nameof(axes));
            count = checked(count * axis);
        }

        (_axes, _countLessOne) = ([.. axes], count - 1);
    }

    /// <summary>The length of each axis.</summary>
    public ImmutableArray<long> Axes => _axes.IsDefault ? [] : _axes;

    /// <summary>The product of the axes; 1 for a scalar.</summary>
    public long ElementCount => _countLessOne + 1;

    /// <inheritdoc/>
    public bool Equals(TensorShape other) => ElementCount == other.ElementCount && Axes.SequenceEqual(other.Axes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TensorShape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Axes.Length, ElementCount);

    /// <summary>Written <c>[2, 3]</c>.</summary>
    public override string ToString() =>
        $"[{string.Join(", ", Axes.Select(axis => axis.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>Whether the shapes have the same axes.</summary>
    public static bool operator ==(TensorShape left, TensorShape right) => left.Equals(right);

    /// <summary>Whether the shapes differ.</summary>
    public static bool operator !=(TensorShape left, TensorShape right) => !left.Equals(right);
}
