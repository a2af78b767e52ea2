using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments;

/// <summary>What an experiment is created with. All of it is agreed before it starts.</summary>
/// <param name="Plan">What the aggregator needs of the plan.</param>
/// <param name="PlanHash">The hash that every collaborator must present.</param>
/// <param name="PlanText">The canonical plan, to name a difference.</param>
/// <param name="WorkspaceHash">The hash of the code that every collaborator must present.</param>
/// <param name="InitialModel">The model the first round starts from; its bytes are in the store.</param>
[GenerateSerializer, Immutable, Alias("experiment-definition")]
public sealed record ExperimentDefinition(
    [property: Id(0)] ExperimentPlan Plan,
    [property: Id(1)] string PlanHash,
    [property: Id(2)] string PlanText,
    [property: Id(3)] string WorkspaceHash,
    [property: Id(4)] TensorBundle InitialModel)
{
    /// <summary>The server optimizers' states that go with the initial model, where it comes of an experiment that had them; their bytes are in the store.</summary>
    [Id(5)]
    public IReadOnlyList<TensorBundle> InitialStates { get; init; } = [];
}
