using Actors.Contracts.OpenFl;

namespace Actors.Silo.OpenFl;

/// <summary>How the original's collaborators are served.</summary>
public sealed class OpenFlOptions
{
    /// <summary>What they call federation and aggregator, by the plan; null where it does not follow from the plan: then the first call says it.</summary>
    public OpenFlNames? Names { get; init; }

    /// <summary>A folder of the aggregator's own: what the first call said, and results on their way in.</summary>
    public required string Folder { get; init; }

    /// <summary>The plan's compression pipeline. Default: none.</summary>
    public ITensorPipeline Pipeline { get; init; } = new NoCompression();

    /// <summary>
    /// Whether optimizer states are averaged (treatment CONTINUE_GLOBAL). The original's collaborators send them in any case; where
    /// nobody asks for them they are dropped. Default: false.
    /// </summary>
    public bool AveragesOptimizers { get; init; }
}
