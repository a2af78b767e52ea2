namespace Actors.Grains.Experiments;

/// <summary>How the plan assigns tasks.</summary>
/// <param name="Name">A name from <see cref="Assignment.Assigners"/>.</param>
/// <param name="Seed">The seed of everything random in the assignment.</param>
/// <param name="Groups">The plan's task groups, in its order.</param>
/// <param name="Numbers">The assigner's settings by the plan's key; a missing one takes its default.</param>
[GenerateSerializer, Immutable, Alias("assigner-choice")]
public sealed record AssignerChoice(
    [property: Id(0)] string Name,
    [property: Id(1)] long Seed,
    [property: Id(2)] IReadOnlyList<TaskGroup> Groups,
    [property: Id(3)] IReadOnlyDictionary<string, double> Numbers)
{
    /// <summary>A choice without numbers.</summary>
    public AssignerChoice(string name, long seed, IReadOnlyList<TaskGroup> groups)
        : this(name, seed, groups, new Dictionary<string, double>())
    {
    }

    /// <summary>A setting's value, or its default.</summary>
    public double Number(string key, double fallback) => Numbers.TryGetValue(key, out var value) ? value : fallback;
}
