using Actors.Learning.Torch;

namespace Actors.Experiments.Running;

/// <summary>One collaborator's part of the data set, for one experiment. Not disposed: the samples stay the data set's.</summary>
internal sealed class CollaboratorLoader : TorchDataLoader
{
    /// <summary>Takes the data.</summary>
    public CollaboratorLoader(CollaboratorData data) => (Train, Validation) = (data.Train, data.Validation);
}
