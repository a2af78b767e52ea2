namespace Actors.Contracts.Plans;

/// <summary>A frozen copy of a workspace's plan: <c>plan/plan_&lt;first 8 hex digits of its hash&gt;.yaml</c>.</summary>
/// <param name="Path">The file, relative to the workspace, with <c>/</c>.</param>
/// <param name="ShortHash">The 8 hex digits of the name.</param>
public sealed record FrozenPlan(string Path, string ShortHash)
{
    private const string Prefix = "plan_";
    private const string Suffix = ".yaml";
    private const int ShortLength = 8;

    /// <summary>The file that a plan is frozen to.</summary>
    public static FrozenPlan Of(PlanHash hash) => new($"plan/{Prefix}{hash.Short}{Suffix}", hash.Short);

    /// <summary>The frozen copies of a workspace by name; empty when nothing is frozen, more than one when a plan was changed and frozen again.</summary>
    public static IReadOnlyList<FrozenPlan> FindAll(string workspace)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        var folder = System.IO.Path.Combine(workspace, "plan");
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{Prefix}*{Suffix}") : [];
        return
        [
            .. files.Select(file => System.IO.Path.GetFileName(file))
                .Where(IsName)
                .Order(StringComparer.Ordinal)
                .Select(name => new FrozenPlan($"plan/{name}", name.Substring(Prefix.Length, ShortLength))),
        ];
    }

    /// <summary>The one frozen copy of a workspace; null when there is none, or more than one, which <see cref="RunningPlan"/> reports.</summary>
    public static FrozenPlan? Find(string workspace) => FindAll(workspace) is [var only] ? only : null;

    private static bool IsName(string name) =>
        name.Length == Prefix.Length + ShortLength + Suffix.Length && name.AsSpan(Prefix.Length, ShortLength).ToString().All(char.IsAsciiHexDigitLower);
}
