using System.Text.Json;

namespace Actors.CollaboratorHost.Serving;

/// <summary>What this collaborator has decided about an experiment. It is kept: nothing runs here that was not accepted here.</summary>
/// <param name="Accepts">Whether it takes part.</param>
/// <param name="Reason">Why, for the operators.</param>
public sealed record Decision(bool Accepts, string Reason)
{
    internal static Decision? Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize<Decision>(File.ReadAllBytes(path)) : null;

    internal void Write(string path) => Contracts.AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this));
}
