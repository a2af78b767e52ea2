namespace Actors.Contracts.Workspaces;

/// <summary>A workspace is not as it should be. The message names the workspace or file, the problem and the remedy.</summary>
public class WorkspaceException : Exception
{
    /// <summary>Makes the exception.</summary>
    public WorkspaceException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
