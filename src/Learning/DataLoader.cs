namespace Actors.Learning;

/// <summary>
/// Gives a task runner its local data. Derived classes take <c>string dataPath</c> in their constructor (what <c>data.yaml</c>
/// says for the collaborator; not necessarily a path) and the plan's <c>data_loader.settings</c> as typed parameters by name.
/// </summary>
public abstract class DataLoader
{
    /// <summary>The number of training samples this collaborator has; 0 for a node that only validates.</summary>
    public abstract long TrainSampleCount { get; }

    /// <summary>The number of validation samples this collaborator has.</summary>
    public abstract long ValidationSampleCount { get; }
}
