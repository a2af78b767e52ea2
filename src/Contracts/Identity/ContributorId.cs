namespace Actors.Contracts.Identity;

/// <summary>A collaborator in one asynchronous experiment. Written <c>federation/experiment/collaborator</c>.</summary>
public readonly record struct ContributorId(ExperimentId Experiment, CollaboratorName Name)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static ContributorId Parse(string text) =>
        text?.Split('/') is [var federation, var experiment, var name]
            ? new(new ExperimentId(new FederationId(federation), experiment), new CollaboratorName(name))
            : throw new FormatException($"'{text}' is no contributor id: write 'federation/experiment/collaborator'.");

    /// <inheritdoc/>
    public override string ToString() => $"{Experiment}/{Name}";
}
