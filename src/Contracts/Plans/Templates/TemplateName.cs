namespace Actors.Contracts.Plans;

/// <summary>A name that a plan's <c>template</c> may say, with the settings that go with it.</summary>
/// <param name="Name">Our name, lower case with underscores; what a <see cref="Plan"/> holds, however the plan spells it.</param>
/// <param name="Settings">The schema of the section's <c>settings</c>; empty when the template has none.</param>
/// <param name="Aliases">Other spellings that mean the same: the original's dotted class paths.</param>
public sealed record TemplateName(string Name, IReadOnlyList<Setting> Settings, params IReadOnlyList<string> Aliases)
{
    /// <summary>Whether a plan's spelling means this template.</summary>
    public bool IsSpelled(string template) => template == Name || Aliases.Contains(template);
}
