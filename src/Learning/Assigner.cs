using Actors.Contracts.Compression;

namespace Actors.Learning;

/// <summary>
/// A federation's own way to say who runs which tasks in a round. A plan names the class as its <c>assigner</c>; its settings but <c>seed</c>
/// go to the constructor's parameters by name. It runs on the aggregator, once a round.
/// </summary>
/// <remarks>
/// The answer may depend on the question alone, chance by <see cref="RoundQuestion.Random"/> included: after a crash, and for a round that is
/// tried again, the same question is asked again. Safe for use by many threads.
/// </remarks>
public abstract class Assigner
{
    /// <summary>Assigns the tasks of one round.</summary>
    /// <param name="round">The round.</param>
    /// <returns>Of each collaborator that has any its tasks, in the order they are run. Another name, or a task not in the plan, ends the experiment.</returns>
    public abstract IReadOnlyDictionary<string, IReadOnlyList<string>> Assign(RoundQuestion round);
}

/// <summary>What an <see cref="Assigner"/> is asked.</summary>
/// <param name="Number">The round's number, from 0.</param>
/// <param name="Collaborators">The federation's members, in ordinal order.</param>
/// <param name="Tasks">The plan's tasks, in its order.</param>
/// <param name="Seed">The plan's <c>assigner.settings.seed</c>. Default: 0.</param>
public sealed record RoundQuestion(int Number, IReadOnlyList<string> Collaborators, IReadOnlyList<string> Tasks, long Seed)
{
    /// <summary>The round's chance: the same numbers from the same seed and round in every process and version.</summary>
    public SeededRandom Random() => new(unchecked((ulong)Seed), unchecked((ulong)Number));
}
