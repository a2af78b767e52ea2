namespace Actors.Cli.Quickstart;

/// <summary>What a quickstart runs.</summary>
/// <param name="Template">The workspace template.</param>
/// <param name="Collaborators">How many collaborators, at least 1.</param>
/// <param name="Rounds">How many rounds, at least 1.</param>
/// <param name="Seed">The seed of initial weights and of everything random in training.</param>
/// <param name="Folder">Where the nodes' folders are made; kept.</param>
internal sealed record QuickstartOptions(string Template, int Collaborators, int Rounds, long Seed, string Folder)
{
    /// <summary>One of the template's saved plans; null for its own plan.</summary>
    public string? Plan { get; init; }

    /// <summary>The collaborators' labels.</summary>
    public IReadOnlyList<string> Names => [.. LocalCollaborators.Select(one => one.Name)];

    /// <summary>The collaborators, each with a shard of the template's data.</summary>
    public IReadOnlyList<LocalCollaborator> LocalCollaborators =>
    [
        .. Enumerable.Range(1, Collaborators).Select(number =>
            new LocalCollaborator($"collaborator{number}", number.ToString(System.Globalization.CultureInfo.InvariantCulture))),
    ];
}
