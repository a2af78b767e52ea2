namespace Actors.Contracts.Identity;

/// <summary>One training of one plan in a federation. Written <c>federation/experiment</c>.</summary>
public readonly record struct ExperimentId
{
    /// <summary>Makes an id from the federation and the experiment's name in it.</summary>
    /// <exception cref="ArgumentException">The name breaks <see cref="IdentifierRule"/>.</exception>
    public ExperimentId(FederationId federation, string name) =>
        (Federation, Name) = (federation, IdentifierRule.Require(name, "experiment"));

    /// <summary>The federation.</summary>
    public FederationId Federation { get; }

    /// <summary>The experiment's name, unique in its federation.</summary>
    public string Name { get; }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not of the form <c>federation/experiment</c>.</exception>
    public static ExperimentId Parse(string text) =>
        text?.Split('/') is [var federation, var name]
            ? new(new FederationId(federation), name)
            : throw new FormatException($"'{text}' is no experiment id: write 'federation/experiment'.");

    /// <inheritdoc/>
    public override string ToString() => $"{Federation}/{Name}";
}
