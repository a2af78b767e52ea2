using System.Globalization;

using Actors.Cli.Composition;

using Spectre.Console;

namespace Actors.Cli.Quickstart;

/// <summary>Shows rounds as they close: a live table in a terminal, a line each elsewhere.</summary>
internal sealed class RoundView(Terminal terminal, string metricsFile, int rounds)
{
    private const int MostRows = 20;

    // The table's title, head and border, and what stands above and below it: a live view must not outgrow the screen.
    private const int OtherLines = 9;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private int Rows => Math.Clamp(terminal.Output.Profile.Height - OtherLines, 1, MostRows);

    /// <summary>Shows until the token ends, and once more what came last.</summary>
    public async Task ShowAsync(CancellationToken done)
    {
        if (terminal.IsInteractive)
        {
            await terminal.Output.Live(TableOf([])).StartAsync(async live => await FollowAsync(all => live.UpdateTarget(TableOf(all)), done));
            return;
        }

        var shown = 0;
        await FollowAsync(
            all =>
            {
                foreach (var round in all.Skip(shown))
                {
                    terminal.Say(Describe(round));
                }

                shown = all.Count;
            },
            done);
    }

    private async Task FollowAsync(Action<IReadOnlyList<RoundLine>> show, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            show(RoundLine.ReadAll(metricsFile));
            await Task.Delay(Look, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        show(RoundLine.ReadAll(metricsFile));
    }

    private string Describe(RoundLine round) => string.Create(
        CultureInfo.InvariantCulture,
        $"Round {round.Round + 1} of {rounds}, {round.Seconds:F1} s: {string.Join("; ", round.Metrics.Select(task => $"{task.Key} {Numbers(task.Value)}"))}");

    private Table TableOf(IReadOnlyList<RoundLine> all)
    {
        var tasks = all.SelectMany(round => round.Metrics.Keys).Distinct().ToList();
        var table = new Table().Title($"{all.Count} of {rounds} rounds").AddColumns("round", "seconds").AddColumns([.. tasks.Select(Markup.Escape)]);
        foreach (var round in all.TakeLast(Rows))
        {
            table.AddRow(
            [
                (round.Round + 1).ToString(CultureInfo.InvariantCulture),
                round.Seconds.ToString("F1", CultureInfo.InvariantCulture),
                .. tasks.Select(task => round.Metrics.TryGetValue(task, out var metrics) ? Markup.Escape(Numbers(metrics)) : ""),
            ]);
        }

        return table;
    }

    private static string Numbers(IReadOnlyDictionary<string, double> metrics) =>
        string.Join(", ", metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Key} {metric.Value:F4}")));
}
