namespace Actors.Contracts.Identity;

/// <summary>A collaborator in a federation. Written <c>federation/collaborator</c>.</summary>
public readonly record struct CollaboratorId(FederationId Federation, CollaboratorName Name)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static CollaboratorId Parse(string text) =>
        text?.Split('/') is [var federation, var name]
            ? new(new FederationId(federation), new CollaboratorName(name))
            : throw new FormatException($"'{text}' is no collaborator id: write 'federation/collaborator'.");

    /// <inheritdoc/>
    public override string ToString() => $"{Federation}/{Name}";
}
