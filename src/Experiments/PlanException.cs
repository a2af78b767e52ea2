namespace Actors.Experiments;

/// <summary>The plan with what was set in its place cannot run.</summary>
/// <param name="problems">Everything that is wrong, a sentence each with the offending key; at least one.</param>
public sealed class PlanException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>Everything that is wrong, a sentence each with the offending key.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
