using System.Reflection;

namespace Actors.Learning.Settings;

/// <summary>
/// A setting that a plan may give: a parameter of a task or constructor, or a property marked
/// <see cref="PlanSettingAttribute"/>.
/// </summary>
/// <param name="Name">The plan's spelling, such as <c>batch_size</c>.</param>
/// <param name="Type">The type it is bound to.</param>
/// <param name="IsRequired">Whether the plan must give it.</param>
/// <param name="Default">What holds when the plan does not give it; null also for a property, which keeps what it has.</param>
public sealed record SettingSpec(string Name, Type Type, bool IsRequired, object? Default)
{
    /// <summary>A parameter; optional when it has a default.</summary>
    public static SettingSpec Of(ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new(
            SettingName.ToSnakeCase(parameter.Name!),
            parameter.ParameterType,
            !parameter.HasDefaultValue,
            parameter.HasDefaultValue ? parameter.DefaultValue : null);
    }

    /// <summary>A property; always optional.</summary>
    public static SettingSpec Of(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return new(SettingName.ToSnakeCase(property.Name), property.PropertyType, false, null);
    }
}
