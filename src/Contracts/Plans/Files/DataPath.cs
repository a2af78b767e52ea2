namespace Actors.Contracts.Plans;

/// <summary>Where one collaborator's data is: a line of <c>plan/data.yaml</c>.</summary>
/// <param name="Collaborator">The collaborator's name.</param>
/// <param name="Path">A path on the collaborator's machine, or whatever the data loader takes for one, like a shard number.</param>
/// <param name="Line">The line, counted from 1.</param>
public sealed record DataPath(string Collaborator, string Path, int Line);
