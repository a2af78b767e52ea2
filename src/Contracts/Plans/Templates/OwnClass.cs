namespace Actors.Contracts.Plans;

/// <summary>Tells a class of the workspace from a misspelled name of ours: our names are in lower case, a class's last part is not.</summary>
internal static class OwnClass
{
    private const string Original = "openfl.";

    /// <summary>Whether a template names a class of the workspace.</summary>
    public static bool Is(string? template) =>
        template is not null
        && !template.StartsWith(Original, StringComparison.Ordinal)
        && template.AsSpan(template.LastIndexOf('.') + 1) is [>= 'A' and <= 'Z', ..];
}
