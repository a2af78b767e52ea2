namespace Actors.Learning.Settings;

/// <summary>
/// Marks a property of a loader or runner that the plan's <c>settings</c> may set by name, so that a base class can have settings
/// that no derived constructor needs to pass on. It is set right after construction.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlanSettingAttribute : Attribute;
