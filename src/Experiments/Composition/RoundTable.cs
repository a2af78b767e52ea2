using System.Globalization;

using Spectre.Console;

namespace Actors.Experiments.Composition;

/// <summary>Rounds for a person to look at: a table that fits the screen, or a line each.</summary>
internal static class RoundTable
{
    private const int MostRows = 20;

    // The table's title, head and border, and what stands above and below it: a live view must not outgrow the screen.
    private const int OtherLines = 9;

    /// <summary>The last rounds, a column for each task.</summary>
    public static Table Of(IReadOnlyList<RoundMetrics> all, int rounds, IAnsiConsole console)
    {
        var tasks = all.SelectMany(ByTask).Select(task => task.Key).Distinct().ToList();
        var table = new Table()
            .Title($"{all.Count} of {rounds} rounds").AddColumns("round", "seconds").AddColumns([.. tasks.Select(Markup.Escape)]);
        foreach (var round in all.TakeLast(Math.Clamp(console.Profile.Height - OtherLines, 1, MostRows)))
        {
            var metrics = ByTask(round).ToDictionary(task => task.Key, Numbers);
            table.AddRow(
            [
                (round.Round + 1).ToString(CultureInfo.InvariantCulture),
                round.Duration.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),
                .. tasks.Select(task => Markup.Escape(metrics.GetValueOrDefault(task, ""))),
            ]);
        }

        return table;
    }

    /// <summary>A round as a line, without its end.</summary>
    public static string Describe(RoundMetrics round) => string.Create(
        CultureInfo.InvariantCulture,
        $"Round {round.Round + 1} of {round.Rounds}, {round.Duration.TotalSeconds:F1} s: "
        + $"{string.Join("; ", ByTask(round).Select(task => $"{task.Key} {Numbers(task)}"))}");

    private static IEnumerable<IGrouping<string, (string Name, double Value)>> ByTask(RoundMetrics round) =>
        round.Metrics.GroupBy(metric => metric.Key.Split('/', 2)[0], metric => (metric.Key.Split('/', 2)[^1], metric.Value));

    private static string Numbers(IEnumerable<(string Name, double Value)> metrics) =>
        string.Join(", ", metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {metric.Value:F4}")));
}
