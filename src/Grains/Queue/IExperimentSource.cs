using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Queue;

/// <summary>The files of submitted experiments: while one waits, they are all there is of it.</summary>
public interface IExperimentSource
{
    /// <summary>What an experiment is created with; its initial model is in the tensor store afterwards. Repeating it changes nothing.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="submission">What was submitted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FederationException">The files cannot be used; trying again does not help.</exception>
    Task<ExperimentDefinition> PrepareAsync(ExperimentId id, Submission submission, CancellationToken cancellationToken);

    /// <summary>Deletes all files of an experiment, what it came to included. Repeating it changes nothing.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    Task RemoveAsync(ExperimentId id, Submission submission, CancellationToken cancellationToken);
}
