namespace Actors.Learning;

/// <summary>
/// Marks a task that trains: it starts from the global model, and the model after it is this collaborator's update.
/// </summary>
/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TrainTaskAttribute(string? name = null) : FederatedTaskAttribute(name);
