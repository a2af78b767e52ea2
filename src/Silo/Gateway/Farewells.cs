using System.Collections.Concurrent;

using Actors.Contracts.Identity;

namespace Actors.Silo.Gateway;

/// <summary>Remembers who has been told that the experiment has ended.</summary>
internal sealed class Farewells
{
    private readonly ConcurrentDictionary<CollaboratorName, bool> _told = [];

    /// <summary>Notes that a collaborator was told.</summary>
    public void Tell(CollaboratorName collaborator) => _told[collaborator] = true;

    /// <summary>Whether a collaborator was told.</summary>
    public bool WasTold(CollaboratorName collaborator) => _told.ContainsKey(collaborator);
}
