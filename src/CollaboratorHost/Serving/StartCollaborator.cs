namespace Actors.CollaboratorHost.Serving;

/// <summary>Starts a collaborator in an experiment.</summary>
/// <param name="folder">The experiment's folder on this machine; its workspace is unpacked and checked.</param>
/// <param name="experiment"><c>federation/experiment</c>.</param>
public delegate ICollaboratorChild StartCollaborator(ExperimentFolder folder, string experiment);

/// <summary>A collaborator in a process of its own. Disposing kills it.</summary>
public interface ICollaboratorChild : IDisposable
{
    /// <summary>Waits for its end.</summary>
    /// <returns>One of <see cref="ExitCodes"/>, or what else the process ended with.</returns>
    Task<int> EndAsync(CancellationToken cancellationToken);

    /// <summary>The last lines of what it wrote.</summary>
    string LastWords { get; }
}
