namespace Actors.Contracts.Plans;

/// <summary>The model that a task works on: its <c>kwargs.apply</c>.</summary>
public enum TaskModel
{
    /// <summary><c>global</c>: the aggregated model, as it came from the aggregator.</summary>
    Global,

    /// <summary><c>local</c>: the model that the collaborator trained in this round.</summary>
    Local,
}
