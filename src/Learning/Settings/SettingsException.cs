namespace Actors.Learning.Settings;

/// <summary>The plan's settings do not fit the code they are for.</summary>
/// <param name="problems">Every problem, each with the path of the offending key; at least one.</param>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>Every problem, each with the path of the offending key.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
