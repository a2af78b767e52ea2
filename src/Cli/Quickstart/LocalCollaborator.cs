namespace Actors.Cli.Quickstart;

/// <summary>A collaborator of a local federation.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Data">Its data path, as <c>plan/data.yaml</c> has it.</param>
internal sealed record LocalCollaborator(string Name, string Data);
