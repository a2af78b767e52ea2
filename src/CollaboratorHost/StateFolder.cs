using Actors.CollaboratorHost.Work;

namespace Actors.CollaboratorHost;

/// <summary>One collaborator's folder for what it keeps, held by one process at a time.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Makes the folder when missing and takes it.</summary>
    /// <exception cref="WorkFailedException">Another process holds it.</exception>
    public StateFolder(string stateFolder, string collaborator)
    {
        Root = Directory.CreateDirectory(Path.Combine(stateFolder, "collaborators", collaborator)).FullName;
        try
        {
            _lock = new FileStream(Path.Combine(Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem)
        {
            throw new WorkFailedException(
                $"The folder '{Root}' is in use: collaborator '{collaborator}' already runs here. "
                + "Stop the other process, or use another workspace.",
                problem);
        }
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Where tensor bytes lie.</summary>
    public string Tensors => Path.Combine(Root, "tensors");

    /// <summary>Where reports lie.</summary>
    public string Results => Path.Combine(Root, "results");

    /// <summary>Where that lies which encodings of updates left out.</summary>
    public string Residuals => Path.Combine(Root, "residuals");

    /// <summary>Where tensors lie that never leave.</summary>
    public string Local => Path.Combine(Root, "local");

    /// <summary>Where this collaborator's own part in the control of its steps lies.</summary>
    public string Controls => Path.Combine(Root, "controls");

    public void Dispose() => _lock.Dispose();
}
