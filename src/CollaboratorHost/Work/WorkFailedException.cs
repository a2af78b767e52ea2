namespace Actors.CollaboratorHost.Work;

/// <summary>
/// The work cannot be done here: a task threw again and again, the plan lacks a task, or the agreed model is not the runner's.
/// </summary>
public sealed class WorkFailedException : Exception
{
    /// <summary>Makes the exception; the message names what, why and what to do.</summary>
    public WorkFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
