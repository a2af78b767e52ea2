namespace Actors.Contracts.Identity;

/// <summary>
/// A collaborator's label: the common name of its certificate. Names compare ordinally, and their ordinal order is the order
/// in which updates are aggregated.
/// </summary>
public readonly record struct CollaboratorName : IComparable<CollaboratorName>
{
    /// <summary>Makes a name.</summary>
    /// <exception cref="ArgumentException">The text breaks <see cref="IdentifierRule"/>.</exception>
    public CollaboratorName(string value) => Value = IdentifierRule.Require(value, "collaborator");

    /// <summary>The label.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(CollaboratorName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Whether the left name comes before the right.</summary>
    public static bool operator <(CollaboratorName left, CollaboratorName right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left name comes after the right.</summary>
    public static bool operator >(CollaboratorName left, CollaboratorName right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left name comes before the right or is it.</summary>
    public static bool operator <=(CollaboratorName left, CollaboratorName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left name comes after the right or is it.</summary>
    public static bool operator >=(CollaboratorName left, CollaboratorName right) => left.CompareTo(right) >= 0;
}
