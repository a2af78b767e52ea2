namespace Actors.Cli.Rehearsals;

/// <summary>Sites that are gone from one moment on, all at once.</summary>
/// <param name="Sites">How many.</param>
/// <param name="InRound">The round in which they go, from 0.</param>
/// <param name="ReturnAfter">After what time they are back; null when they never are.</param>
internal sealed record Vanishing(int Sites, int InRound, TimeSpan? ReturnAfter)
{
    /// <summary>Whose turn it is: the same seed and names give the same sites.</summary>
    public IReadOnlySet<string> Choose(int seed, IReadOnlyList<string> collaborators)
    {
        var names = collaborators.ToArray();
        new Random(seed).Shuffle(names);
        return names.Take(Sites).ToHashSet(StringComparer.Ordinal);
    }
}
