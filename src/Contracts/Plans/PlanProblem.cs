namespace Actors.Contracts.Plans;

/// <summary>One thing that is wrong with a file of the workspace, said so that a person can put it right.</summary>
/// <param name="Path">The key from the top of the file, like <c>assigner.settings.task_groups[0].percentage</c>; empty for the whole file.</param>
/// <param name="Line">The line of the key or value, counted from 1; 0 when nothing is written there.</param>
/// <param name="Value">The offending value as it would be shown; null when the message is about the key or about something missing.</param>
/// <param name="Message">What is wrong, and what would be right: it continues the sentence that the value begins.</param>
public sealed record PlanProblem(string Path, int Line, string? Value, string Message)
{
    /// <summary>The defaults file that holds the line; null for the file that was read itself.</summary>
    public string? File { get; init; }

    /// <summary>The problem as one line, like <c>a.b (line 34): 1.5 is over 1; write a fraction from 0 to 1.</c></summary>
    public override string ToString()
    {
        var place = new PlanPlace(File, Line).ToString();
        var where = (Path, place) switch
        {
            ("", "") => "",
            ("", _) => $"{place}: ",
            (_, "") => $"{Path}: ",
            _ => $"{Path} ({place}): ",
        };
        return Value is null ? $"{where}{Message}" : $"{where}{Value} {Message}";
    }
}
