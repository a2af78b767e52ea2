namespace Actors.Contracts.Plans;

/// <summary>Where a value was written: the file and the line, for messages to a person.</summary>
/// <param name="File">The defaults file, relative to the workspace; null for the file that was read itself.</param>
/// <param name="Line">The line, counted from 1; 0 when the value is not written anywhere.</param>
public readonly record struct PlanPlace(string? File, int Line)
{
    /// <summary>The offset of the first character in the text; negative when the text there belongs to another node (an alias).</summary>
    internal int Start { get; init; } = -1;

    /// <summary>The offset just behind the last character of a scalar; of a list or map, of no meaning.</summary>
    internal int End { get; init; } = -1;

    /// <summary>The column of the first character, counted from 0.</summary>
    internal int Column { get; init; }

    /// <summary>"line 4", "line 4 of plan/defaults/network.yaml", or empty when the place is unknown.</summary>
    public override string ToString() => (File, Line) switch
    {
        (_, 0) => "",
        (null, _) => $"line {Line}",
        _ => $"line {Line} of {File}",
    };
}
