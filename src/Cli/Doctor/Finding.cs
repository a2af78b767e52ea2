namespace Actors.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What: <c>disk</c>, <c>port</c>.</param>
/// <param name="Status">How bad it is.</param>
/// <param name="Found">What is there.</param>
/// <param name="Advice">What to do; null when there is nothing to do.</param>
public sealed record Finding(string Name, FindingStatus Status, string Found, string? Advice = null)
{
    /// <summary>As it should be.</summary>
    internal static Finding Ok(string name, string found) => new(name, FindingStatus.Ok, found);

    /// <summary>Worth a look.</summary>
    internal static Finding Warning(string name, string found, string? advice) => new(name, FindingStatus.Warning, found, advice);

    /// <summary>A federation will not run like this.</summary>
    internal static Finding Problem(string name, string found, string? advice = null) => new(name, FindingStatus.Problem, found, advice);
}
