using System.Collections.Concurrent;

using Actors.Contracts.Identity;

using Microsoft.AspNetCore.Http;

namespace Actors.Silo.Gateway;

/// <summary>Remembers who has been told that the experiment has ended.</summary>
internal sealed class Farewells
{
    private readonly ConcurrentDictionary<CollaboratorName, bool> _told = [];

    /// <summary>Notes that a collaborator is told with the answer of this call, once the answer is out.</summary>
    /// <remarks>One whose connection breaks before that asks again, and the process must still be there then.</remarks>
    public void TellOnceSent(CollaboratorName collaborator, HttpContext call) => call.Response.OnCompleted(() =>
    {
        if (!call.RequestAborted.IsCancellationRequested)
        {
            _told[collaborator] = true;
        }

        return Task.CompletedTask;
    });

    /// <summary>Whether a collaborator was told.</summary>
    public bool WasTold(CollaboratorName collaborator) => _told.ContainsKey(collaborator);
}
