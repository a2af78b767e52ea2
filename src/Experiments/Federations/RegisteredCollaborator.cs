namespace Actors.Experiments.Federations;

/// <summary>Somebody who may take part in a federation's experiments.</summary>
/// <param name="Name">The label.</param>
/// <param name="IsHere">Whether its host is connected.</param>
/// <param name="Data">What data it has, in its own words; empty when it has not said so.</param>
/// <param name="Parallel">How many experiments it takes part in side by side; 0 when it is not here.</param>
/// <param name="Version">Its software's version; empty when it is not here.</param>
public sealed record RegisteredCollaborator(string Name, bool IsHere, string Data, int Parallel, string Version);
