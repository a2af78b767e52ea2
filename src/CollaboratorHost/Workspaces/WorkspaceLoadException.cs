using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>A workspace's assemblies cannot be loaded, or have no such class. The message names file or class, and the remedy.</summary>
public sealed class WorkspaceLoadException(string message, Exception? cause = null) : WorkspaceException(message, cause);
