using System.Reflection;

namespace Actors.Contracts;

/// <summary>The version of this software, the same for all its assemblies.</summary>
public static class SoftwareVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(SoftwareVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
