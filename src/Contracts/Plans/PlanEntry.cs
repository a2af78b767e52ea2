namespace Actors.Contracts.Plans;

/// <summary>One key of a <see cref="PlanValue.Map"/> with its value.</summary>
/// <param name="Key">The key as text, whatever its YAML type.</param>
/// <param name="Place">Where the key is written, which may be another line than its value's.</param>
/// <param name="Value">The value.</param>
public sealed record PlanEntry(string Key, PlanPlace Place, PlanValue Value);
