using System.Globalization;

using Actors.Contracts.Identity;

namespace Actors.Grains.Tensors;

/// <summary>
/// A place in the store whose contents live and die together: the published models of an experiment, or the updates of one
/// round. A collaborator can pull from the first and push to the second, so no one can fetch another's update by its digest.
/// </summary>
public readonly record struct TensorScope
{
    private TensorScope(ExperimentId experiment, string folder) => (Experiment, Folder) = (experiment, folder);

    /// <summary>The experiment it belongs to.</summary>
    public ExperimentId Experiment { get; }

    /// <summary>Its name within the experiment; safe as a folder's name.</summary>
    public string Folder { get; }

    /// <summary>The models that were published.</summary>
    public static TensorScope Models(ExperimentId experiment) => new(experiment, "models");

    /// <summary>The updates of a round.</summary>
    public static TensorScope Updates(RoundId round) =>
        new(round.Experiment, string.Create(CultureInfo.InvariantCulture, $"round-{round.Number}"));

    /// <summary>The update of one collaborator's turn in an asynchronous experiment.</summary>
    public static TensorScope Turn(ContributorId contributor, int turn) =>
        new(contributor.Experiment, string.Create(CultureInfo.InvariantCulture, $"turn-{contributor.Name}-{turn}"));

    /// <inheritdoc/>
    public override string ToString() => $"{Experiment}/{Folder}";
}
