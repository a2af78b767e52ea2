using System.Globalization;

using Actors.Cli.Quickstart;
using Actors.Contracts.Faults;

namespace Actors.Cli.Rehearsals;

/// <summary>
/// One node of a rehearsal: its process is started, killed as its part of the schedule says, and started again with the same
/// command, until it ends by itself.
/// </summary>
/// <param name="start">How it is started.</param>
/// <param name="kills">Its deaths, in order.</param>
/// <param name="blindKind">What a kill from outside is called.</param>
/// <param name="sign">What it writes when its first call is accepted.</param>
/// <param name="totalRounds">How many rounds there are.</param>
/// <param name="rounds">Those that are closed.</param>
/// <param name="happenings">Is told of everything.</param>
/// <param name="clock">The clock.</param>
internal sealed class RehearsedNode(
    FxStart start,
    IReadOnlyList<Kill> kills,
    string blindKind,
    string sign,
    int totalRounds,
    RoundWatch rounds,
    Happenings happenings,
    TimeProvider clock)
{
    // A named instruction that is not reached in this many rounds is not waited for any longer.
    private const int MostRoundsForAFault = 2;

    // With more deaths left than this for every round that is left, a node that is alive dies at once.
    private const int MostKillsARound = 2;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs it to its end.</summary>
    /// <param name="absence">Completes when the node has to go away; its result, when the node may come back, and never if it may not. Null for a node that stays.</param>
    /// <param name="cancellationToken">Kills it for good.</param>
    /// <exception cref="CommandException">A process ended that nobody had killed; the message shows what it wrote last.</exception>
    public async Task RunAsync(Task<Task>? absence, CancellationToken cancellationToken)
    {
        var next = 0;
        for (var deaths = 0; ; deaths++)
        {
            var kill = next < kills.Count ? kills[next] : null;
            using var process = Start(kill?.Fault, isRestart: deaths > 0);
            var left = kills.Count - next;
            if (await DieAsync(process, kill, left, absence, cancellationToken) is not { } kind)
            {
                process.RequireSuccess();
                return;
            }

            var gone = absence is { IsCompletedSuccessfully: true };
            happenings.Killed(kind);
            happenings.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"  round {rounds.Closed}: {start.Name} killed ({(gone ? "vanishes" : kind == kill?.Fault?.Point.ToString() ? kill.Fault : kind)})"));
            if (gone)
            {
                var back = await absence!;
                absence = null;
                await back.WaitAsync(cancellationToken);
                happenings.Say($"  round {rounds.Closed}: {start.Name} is back");
            }
            else
            {
                next++;
                await Task.Delay(kill!.Pause, clock, cancellationToken);
            }
        }
    }

    private FxProcess Start(ArmedFault? fault, bool isRestart)
    {
        var started = clock.GetTimestamp();
        var seen = isRestart ? 0 : 1;
        return FxProcess.Start(start with
        {
            Environment = new Dictionary<string, string?> { [FaultPoints.Variable] = fault?.ToString() },
            OnLine = line =>
            {
                if (line.Contains(sign, StringComparison.Ordinal) && Interlocked.Exchange(ref seen, 1) == 0)
                {
                    happenings.Recovered(clock.GetElapsedTime(started));
                }
            },
        });
    }

    // The kind of its death; null when it ended by itself.
    private async Task<string?> DieAsync(
        FxProcess process, Kill? kill, int left, Task<Task>? absence, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = process.WaitAsync(cancellationToken);
        var time = Task.WhenAny(MomentAsync(kill, left, over.Token), absence ?? Task.Delay(Timeout.Infinite, over.Token));
        var first = await Task.WhenAny(ended, time);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (first == ended)
        {
            await ended;
            return kill?.Fault is { } fault && process.WasKilled ? fault.Point.ToString() : null;
        }

        process.Kill();
        await process.WaitAsync(cancellationToken);
        return process.WasKilled ? blindKind : null;
    }

    // Completes when the process is to be killed from outside.
    private async Task MomentAsync(Kill? kill, int left, CancellationToken cancellationToken)
    {
        var armedIn = rounds.Closed;
        if (kill is null)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        else if (kill.Fault is null)
        {
            await Task.WhenAny(Task.Delay(kill.After, clock, cancellationToken), rounds.UntilAsync(IsLate, cancellationToken));
        }
        else
        {
            await rounds.UntilAsync(() => IsLate() || rounds.Closed - armedIn >= MostRoundsForAFault, cancellationToken);
        }

        if (kill!.Fault is not null)
        {
            await Task.Delay(Moment, clock, cancellationToken);
        }

        bool IsLate() => left > MostKillsARound * (totalRounds - 1 - rounds.Closed);
    }
}
