namespace Actors.Contracts.Identity;

/// <summary>One federation: the organisations that train together and the node that aggregates for them.</summary>
public readonly record struct FederationId
{
    /// <summary>Makes an id from its name.</summary>
    /// <exception cref="ArgumentException">The name breaks <see cref="IdentifierRule"/>.</exception>
    public FederationId(string value) => Value = IdentifierRule.Require(value, "federation");

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
