using Actors.Learning;

namespace Actors.Experiments.Tests;

/// <summary>A rule of one's own: of each coordinate what lies between the least and the greatest update.</summary>
public sealed class Midrange(double height = 0.5) : AggregationRule
{
    public override void Combine(UpdateBlock updates, Span<double> result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var update = 0; update < updates.Count; update++)
            {
                least = Math.Min(least, updates[update][i]);
                greatest = Math.Max(greatest, updates[update][i]);
            }

            result[i] = least + (height * (greatest - least));
        }
    }
}

/// <summary>An assigner of one's own: in the first round one collaborator trains, in each round one more.</summary>
public sealed class Growing(int atFirst = 1) : Assigner
{
    public override IReadOnlyDictionary<string, IReadOnlyList<string>> Assign(RoundQuestion round) =>
        round.Collaborators.Take(atFirst + round.Number).ToDictionary(name => name, _ => round.Tasks);
}

/// <summary>Counts what it hears, by node.</summary>
public sealed class Counting : MetricCallback
{
    private static readonly Lock Turn = new();

    public static Dictionary<string, int> Heards { get; } = [];

    public override void Heard(string node, string task, string metric, double value, int round)
    {
        lock (Turn)
        {
            Heards[node] = Heards.GetValueOrDefault(node) + 1;
        }
    }
}
