using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>A workspace's code does not build.</summary>
public sealed class WorkspaceBuildException : WorkspaceException
{
    /// <summary>Makes the exception from what the compiler says, one entry an error.</summary>
    public WorkspaceBuildException(string workspace, IReadOnlyList<string> errors)
        : base($"{workspace}: the code does not build; correct it and try again.\n{string.Join('\n', errors ?? [])}") =>
        Errors = errors ?? [];

    /// <summary>The errors, written <c>src/Net.cs(12): ; expected (CS1002)</c>.</summary>
    public IReadOnlyList<string> Errors { get; }
}
