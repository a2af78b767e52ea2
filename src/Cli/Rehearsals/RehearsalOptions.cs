namespace Actors.Cli.Rehearsals;

/// <summary>What a rehearsal does.</summary>
/// <param name="Folder">Where the nodes' folders are made; kept.</param>
/// <param name="Kills">How many processes are killed.</param>
/// <param name="Seed">Draws who is killed how.</param>
/// <param name="Vanishing">Who vanishes when; null when nobody does.</param>
/// <param name="Patience">How long the federation may stand still before the rehearsal gives up.</param>
internal sealed record RehearsalOptions(string Folder, int Kills, int Seed, Vanishing? Vanishing, TimeSpan Patience);
