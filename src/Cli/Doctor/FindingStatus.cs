namespace Actors.Cli.Doctor;

/// <summary>How bad a finding is.</summary>
public enum FindingStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, or may well be meant so; worth a look.</summary>
    Warning,

    /// <summary>A federation will not run like this.</summary>
    Problem,
}
