namespace Actors.Contracts.Plans;

internal sealed class PathSetting : Setting
{
    public PathSetting(string key, string? value)
        : base(key) => Default = value is null ? null : new PlanValue.Text(value, key, default);

    public override string Right => "a path inside the workspace, like save/model.bin";

    private protected override string? Fault(PlanValue value) => value switch
    {
        PlanValue.Text { Value: "" } => "is empty",
        PlanValue.Text { Value: var path } => Leaves(path) ? "leaves the workspace" : null,
        _ => "is not a path",
    };

    // Judged by the text alone, for both operating systems' spellings: all parties must come to the same answer.
    private static bool Leaves(string path)
    {
        if (path[0] is '/' or '\\' or '~' || path.Contains(':', StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal))
        {
            return true;
        }

        var depth = 0;
        foreach (var part in path.Split('/', '\\'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
            {
                return true;
            }
        }

        return depth == 0;
    }
}
