using Actors.Contracts.Compression;
using Actors.Grains.Assignment;
using Actors.Grains.Stragglers;

namespace Actors.Grains.Experiments;

/// <summary>What the aggregator's mind needs of an FL plan: no paths, no network, no collaborator settings.</summary>
[GenerateSerializer, Immutable, Alias("experiment-plan")]
public sealed record ExperimentPlan
{
    /// <summary>The number of rounds; at least 1.</summary>
    [Id(0)]
    public required int Rounds { get; init; }

    /// <summary>The tasks in the plan's order.</summary>
    [Id(1)]
    public required IReadOnlyList<TaskChoice> Tasks { get; init; }

    /// <summary>Who gets which tasks.</summary>
    [Id(2)]
    public required AssignerChoice Assigner { get; init; }

    /// <summary>When a round closes.</summary>
    [Id(3)]
    public required PolicyChoice Stragglers { get; init; }

    /// <summary>What makes a model the best.</summary>
    [Id(4)]
    public required BestCriterion Best { get; init; }

    /// <summary>How many published models are kept in the store besides the best, at least 1.</summary>
    [Id(5)]
    public required int StoredRounds { get; init; }

    /// <summary>How a new model's change is encoded for collaborators that hold the one before; null when models are published whole.</summary>
    [Id(6)]
    public CompressionPipeline? Publishing { get; init; }

    /// <summary>Whether results are folded in as they come, instead of round by round.</summary>
    public bool IsAsynchronous => Stragglers.Name == BufferedAsync.PolicyName;

    /// <summary>
    /// The plan of a federated evaluation: one round of a group's tasks on the model it begins with. Those that a static group lists run
    /// them; of any other group everybody does, whatever its percentage. An asynchronous plan's round waits for all, since it has no rounds.
    /// </summary>
    /// <param name="group">The group; none of its tasks trains.</param>
    public ExperimentPlan Evaluating(TaskGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return this with
        {
            Rounds = 1,
            Tasks = [.. Tasks.Where(task => group.Tasks.Contains(task.Name))],
            Assigner = new(
                group.Collaborators.Count > 0 ? StaticGroupedAssigner.AssignerName : RandomGroupedAssigner.AssignerName,
                0,
                [group with { Percentage = 1 }]),
            Stragglers = IsAsynchronous ? PolicyChoice.Named(WaitForAll.PolicyName) : Stragglers,
            Publishing = null,
        };
    }

    /// <summary>How many published models are needed: in an asynchronous experiment as far back as a result may have started from.</summary>
    public int NeededRounds => IsAsynchronous ? Math.Max(StoredRounds, BufferedAsync.MaximumStaleness(Stragglers) + 2) : StoredRounds;
}
