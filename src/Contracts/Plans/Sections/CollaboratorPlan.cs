namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>collaborator</c> section.</summary>
/// <param name="OptimizerTreatment">What becomes of the optimizer's state between rounds. Default: <see cref="Plans.OptimizerTreatment.Reset"/>.</param>
/// <param name="DeltaUpdates">Whether updates travel as differences to the model they answer; only the original's collaborators do it, and a plan that has others is refused. Default: false.</param>
/// <param name="DbStoreRounds">How many rounds of tensors the collaborator keeps; negative keeps all. Default: 1.</param>
/// <param name="Devices">Which device trains. Default: <see cref="DeviceAssignmentPolicy.CpuOnly"/>.</param>
public sealed record CollaboratorPlan(
    OptimizerTreatment OptimizerTreatment,
    bool DeltaUpdates,
    long DbStoreRounds,
    DeviceAssignmentPolicy Devices)
{
    /// <summary>Patterns of the names of tensors that stay with each collaborator (FedBN); empty for none. <c>*</c> stands for any text.</summary>
    public IReadOnlyList<string> LocalTensors { get; init; } = [];
}
