using Actors.Contracts.Faults;

namespace Actors.Cli.Rehearsals;

/// <summary>Who is killed how, drawn from a seed: the same seed, number and names give the same schedule.</summary>
/// <param name="Aggregator">The aggregator's deaths, in order.</param>
/// <param name="Collaborators">Each collaborator's deaths, in order.</param>
internal sealed record KillSchedule(IReadOnlyList<Kill> Aggregator, IReadOnlyDictionary<string, IReadOnlyList<Kill>> Collaborators)
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Nobody dies.</summary>
    public static KillSchedule None(IReadOnlyList<string> collaborators) =>
        new([], collaborators.ToDictionary(name => name, IReadOnlyList<Kill> (_) => []));

    /// <summary>Draws a schedule. Kinds are dealt like cards, so that none comes again before all have come.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="kills">How many deaths, of all nodes together.</param>
    /// <param name="collaborators">The collaborators' names.</param>
    public static KillSchedule Draw(int seed, int kills, IReadOnlyList<string> collaborators)
    {
        var random = new Random(seed);
        var aggregator = new List<Kill>();
        var others = collaborators.ToDictionary(name => name, _ => new List<Kill>());
        var deck = new Stack<string>();
        for (var i = 0; i < kills; i++)
        {
            if (deck.Count == 0)
            {
                var cards = KillKinds.All.ToArray();
                random.Shuffle(cards);
                deck = new(cards);
            }

            var kind = deck.Pop();
            ArmedFault? fault = Enum.TryParse<FaultPoint>(kind, out var point)
                ? new(point, random.Next(1, KillKinds.MostTimes(point) + 1))
                : null;
            var ofCollaborator = fault is null ? kind == KillKinds.BlindCollaborator : KillKinds.IsCollaborators(fault.Point);
            var victim = ofCollaborator ? others[collaborators[random.Next(collaborators.Count)]] : aggregator;
            victim.Add(new(fault, LongestLife * random.NextDouble(), LongestPause * random.NextDouble()));
        }

        return new(aggregator, others.ToDictionary(one => one.Key, IReadOnlyList<Kill> (one) => one.Value));
    }
}
