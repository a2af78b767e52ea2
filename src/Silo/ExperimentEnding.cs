using Actors.Grains.Experiments;

namespace Actors.Silo;

/// <summary>How the experiment stood when the process was last told; a caller reads it after the process has stopped.</summary>
public sealed class ExperimentEnding
{
    /// <summary>Where it is in its life.</summary>
    public Lifecycle Lifecycle { get; internal set; }
}
