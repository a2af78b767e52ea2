namespace Actors.Contracts.Plans;

/// <summary>A method of a task runner that a plan's task may name.</summary>
/// <param name="Name">The name as <c>function</c> says it.</param>
/// <param name="Parameters">
/// The keyword arguments it takes, with type and range; required ones must be in the plan. <c>apply</c> and <c>metrics</c>
/// are understood by every function and need not be listed.
/// </param>
public sealed record TaskFunction(string Name, params IReadOnlyList<Setting> Parameters);
