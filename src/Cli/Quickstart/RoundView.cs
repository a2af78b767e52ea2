using Actors.Cli.Composition;
using Actors.Experiments;
using Actors.Experiments.Composition;

using Spectre.Console;

namespace Actors.Cli.Quickstart;

/// <summary>Shows rounds as they close: a live table in a terminal, a line each elsewhere.</summary>
internal sealed class RoundView(Terminal terminal, string metricsFile, int rounds)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

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
                    terminal.Say(RoundTable.Describe(round));
                }

                shown = all.Count;
            },
            done);
    }

    private async Task FollowAsync(Action<IReadOnlyList<RoundMetrics>> show, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            show(Read());
            await Task.Delay(Look, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        show(Read());
    }

    private List<RoundMetrics> Read() =>
    [
        .. RoundLine.ReadAll(metricsFile).Select(line => new RoundMetrics(
            line.Round,
            rounds,
            TimeSpan.FromSeconds(line.Seconds),
            [
                .. line.Metrics.SelectMany(task => task.Value.Select(metric =>
                    KeyValuePair.Create($"{task.Key}/{metric.Key}", metric.Value))),
            ])),
    ];

    private Table TableOf(IReadOnlyList<RoundMetrics> all) => RoundTable.Of(all, rounds, terminal.Output);
}
