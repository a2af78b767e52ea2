using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>
/// The deadline follows from the arrivals: once half of those who have tasks are complete, and no fewer than
/// <c>minimum_reporting</c>, a round closes at median + <c>deviations</c> · MAD of the times they took, no earlier than
/// <c>floor_seconds</c> and no later than <c>ceiling_seconds</c>. MAD is the median absolute deviation from the median, scaled
/// by 1.4826 to estimate a standard deviation (Rousseeuw and Croux, 1993).
/// </summary>
internal sealed class Adaptive : IStragglerPolicy
{
    private const double NormalScale = 1.4826;

    public string Name => "adaptive";

    public bool HasDeadline(PolicyChoice choice) => true;

    public int Needed(PolicyChoice choice, int assigned) => choice.MinimumReporting();

    public RoundDecision Decide(PolicyChoice choice, RoundProgress progress)
    {
        var ceiling = choice.Seconds("ceiling_seconds", double.PositiveInfinity);
        var enough = Math.Max((progress.Assigned + 1) / 2, choice.MinimumReporting());
        var deadline = progress.Complete >= enough ? Deadline(choice, progress.Arrivals, ceiling) : ceiling;
        return deadline is { } due ? RoundDecision.AtDeadline(due, progress, choice.MinimumReporting()) : RoundDecision.Wait;
    }

    private static TimeSpan Deadline(PolicyChoice choice, IEnumerable<TimeSpan> arrivals, TimeSpan? ceiling)
    {
        var seconds = arrivals.Select(arrival => arrival.TotalSeconds).ToArray();
        var median = Median(seconds);
        var spread = NormalScale * Median([.. seconds.Select(value => Math.Abs(value - median))]);
        var due = Math.Max(median + (choice.Number("deviations", 3) * spread), choice.Number("floor_seconds", 0));
        var bound = ceiling ?? TimeSpan.MaxValue;
        return due >= bound.TotalSeconds ? bound : TimeSpan.FromSeconds(due);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
