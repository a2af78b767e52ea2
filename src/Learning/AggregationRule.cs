namespace Actors.Learning;

/// <summary>
/// A federation's own way to make one model of the updates. A plan names the class under a task's <c>aggregation_type</c>; its settings go
/// to the constructor's parameters by name. It runs on the aggregator and sees a block of coordinates at a time, so that a model of any size
/// is combined in flat memory.
/// </summary>
/// <remarks>
/// What a coordinate comes to may depend on the updates' values of that coordinate, on their order and their weights, and on nothing else:
/// how the model is cut into blocks and how many threads combine them must not show. Safe for use by many threads.
/// </remarks>
public abstract class AggregationRule
{
    /// <summary>Combines the same block of all updates, as float64; a result that is not finite ends the experiment.</summary>
    /// <param name="updates">The updates, in the order of the collaborators' names.</param>
    /// <param name="result">Takes the combined block; as long as each update's.</param>
    public abstract void Combine(UpdateBlock updates, Span<double> result);
}
