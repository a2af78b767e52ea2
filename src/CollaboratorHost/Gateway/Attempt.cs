namespace Actors.CollaboratorHost.Gateway;

/// <summary>What one attempt at a call came to: its value, or a failure that may pass (already logged).</summary>
internal readonly record struct Attempt<T>(bool Succeeded, T? Value);
