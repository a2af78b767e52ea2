using Actors.Cli.Composition;

namespace Actors.Cli.Rehearsals;

/// <summary>
/// Holds what a collaborator was told against what counted. A result that was acknowledged is lost when the aggregator asks for
/// it again, or takes it for new a second time, or when the collaborator had all its results of the round acknowledged and
/// they are not among those that count. A round that closed without a collaborator that still owed it something lost
/// nothing: that is the plan's straggler policy at work. In an asynchronous experiment a collaborator's turns are folded in one
/// after another: one that was left out while a later one counts is lost, those after the last that counts were waiting for the next version.
/// </summary>
/// <param name="Acknowledged">The results that were acknowledged, each once.</param>
/// <param name="Lost">Those of them that were lost.</param>
/// <param name="LeftOut">Those of them whose round closed without their collaborator, as it had not reported everything, or that were still waiting.</param>
internal sealed record AcceptedResults(int Acknowledged, int Lost, int LeftOut)
{
    /// <summary>Counts over several collaborators.</summary>
    public static AcceptedResults Of(
        IReadOnlyDictionary<string, IReadOnlyList<Acknowledgement>> logs, IReadOnlyList<RoundLine> rounds)
    {
        var all = logs.Select(log => Of(log.Key, log.Value, rounds)).ToList();
        return new(all.Sum(one => one.Acknowledged), all.Sum(one => one.Lost), all.Sum(one => one.LeftOut));
    }

    /// <summary>Counts for one collaborator.</summary>
    public static AcceptedResults Of(string collaborator, IReadOnlyList<Acknowledgement> log, IReadOnlyList<RoundLine> rounds)
    {
        var acknowledged = new HashSet<(int Round, string Task)>();
        var asked = new HashSet<(int Round, string Task)>();
        var lost = new HashSet<(int Round, string Task)>();
        foreach (var (line, task) in log.SelectMany(line => line.Tasks.Select(task => (line, task))))
        {
            var result = (line.Round, task);
            if (line.Accepted)
            {
                // Taken for new once more: the first acceptance was forgotten.
                if (!acknowledged.Add(result) && !line.Already)
                {
                    lost.Add(result);
                }
            }
            else
            {
                asked.Add(result);
                if (acknowledged.Contains(result))
                {
                    lost.Add(result);
                }
            }
        }

        var counted = rounds.SelectMany(round => CountedIn(round, collaborator)).ToHashSet();
        var waitFrom = rounds.Any(round => round.Turns.Count > 0) ? counted.DefaultIfEmpty(-1).Max() + 1 : int.MaxValue;
        var without = acknowledged.Where(result => !counted.Contains(result.Round)).ToLookup(result =>
            result.Round < waitFrom && asked.All(other => other.Round != result.Round || acknowledged.Contains(other)));
        lost.UnionWith(without[true]);
        return new(acknowledged.Count, lost.Count, without[false].Count(result => !lost.Contains(result)));
    }

    // What of a collaborator counts, in the numbers it reports by: rounds, or its own turns.
    private static IEnumerable<int> CountedIn(RoundLine round, string collaborator) =>
        round.Turns.Count > 0 ? round.Turns.GetValueOrDefault(collaborator, [])
        : round.Counted.Contains(collaborator) ? [round.Round]
        : [];
}
