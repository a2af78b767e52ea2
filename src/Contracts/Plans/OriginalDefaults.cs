namespace Actors.Contracts.Plans;

/// <summary>
/// The <c>defaults</c> files of a plan. In a workspace of the original's they may be part of what was installed on its machines and be
/// nowhere else: a setting that only they hold then has its own default.
/// </summary>
internal static class OriginalDefaults
{
    /// <summary>What reads them.</summary>
    /// <param name="read">The text of a file by its path inside the workspace, null when there is none; left out, there are none.</param>
    /// <param name="mayBeMissing">Whether one that is not there counts as empty.</param>
    public static Func<string, string?> From(Func<string, string?>? read, bool mayBeMissing) =>
        name => read?.Invoke(name) ?? (mayBeMissing ? "" : null);
}
