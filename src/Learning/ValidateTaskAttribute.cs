namespace Actors.Learning;

/// <summary>
/// Marks a task that only measures. It sees the global model, or with <c>apply: local</c> in the plan the model that this
/// collaborator trained earlier in the round.
/// </summary>
/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ValidateTaskAttribute(string? name = null) : FederatedTaskAttribute(name);
