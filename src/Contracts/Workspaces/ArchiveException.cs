namespace Actors.Contracts.Workspaces;

/// <summary>An archive cannot be written or is refused. The message names the archive, the entry, the problem and the remedy.</summary>
public sealed class ArchiveException : WorkspaceException
{
    /// <summary>Makes the exception; problem and remedy are clauses without a full stop.</summary>
    public ArchiveException(string archive, string? entry, string problem, string remedy, Exception? cause = null)
        : base($"{archive}{(entry is null ? "" : $", entry '{entry}'")}: {problem}; {remedy}.", cause) =>
        (Archive, Entry) = (archive, entry);

    /// <summary>The archive's file.</summary>
    public string Archive { get; }

    /// <summary>The entry the problem lies in; null when it is none in particular.</summary>
    public string? Entry { get; }
}
