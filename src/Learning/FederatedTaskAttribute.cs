namespace Actors.Learning;

/// <summary>Marks a method of a <see cref="TaskRunner"/> that a plan's task may name as its <c>function</c>.</summary>
/// <param name="name">The name in the plan; null for the method's name in snake case (<c>TrainTask</c> is <c>train_task</c>).</param>
[AttributeUsage(AttributeTargets.Method)]
public abstract class FederatedTaskAttribute(string? name) : Attribute
{
    /// <summary>The name in the plan, or null for the method's.</summary>
    public string? Name { get; } = name;
}
