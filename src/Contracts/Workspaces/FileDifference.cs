namespace Actors.Contracts.Workspaces;

/// <summary>One file in which a workspace differs from what was agreed on.</summary>
/// <param name="Path">The file, relative to the workspace's folder.</param>
/// <param name="Kind">How it differs.</param>
public sealed record FileDifference(string Path, FileDifferenceKind Kind)
{
    /// <summary>Compares what is there with what was agreed on. Sorted by path.</summary>
    public static IReadOnlyList<FileDifference> Between(IEnumerable<WorkspaceFile> agreed, IEnumerable<WorkspaceFile> found)
    {
        var expected = agreed.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var present = found.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var missing = expected.Keys.Except(present.Keys).Select(path => new FileDifference(path, FileDifferenceKind.Missing));
        var extra = present.Keys.Except(expected.Keys).Select(path => new FileDifference(path, FileDifferenceKind.Extra));
        var changed = expected.Keys.Intersect(present.Keys).Where(path => expected[path] != present[path])
            .Select(path => new FileDifference(path, FileDifferenceKind.Changed));
        return [.. missing.Concat(extra).Concat(changed).OrderBy(difference => difference.Path, StringComparer.Ordinal)];
    }

    /// <summary>Written <c>src/Net.cs (changed)</c>.</summary>
    public override string ToString() => $"{Path} ({Kind.ToString().ToLowerInvariant()})";
}
