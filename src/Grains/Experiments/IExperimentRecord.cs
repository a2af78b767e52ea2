using Actors.Contracts.Identity;
using Actors.Grains.Rounds;

namespace Actors.Grains.Experiments;

/// <summary>
/// Where an experiment leaves what people want to find afterwards: model files and the log of metrics. Called again after a
/// crash with what may have been left before; it must end in the same files.
/// </summary>
public interface IExperimentRecord
{
    /// <summary>Writes the metrics of the last closed round and the newest and best model.</summary>
    /// <exception cref="Exception">The disk refuses; the experiment tries again.</exception>
    Task WriteAsync(ExperimentId experiment, ExperimentState state, CancellationToken cancellationToken);
}
