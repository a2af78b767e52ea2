using Actors.CollaboratorHost.Gateway;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Work;

/// <summary>
/// Renews the lease while a round's work goes on, and ends the work's token when the aggregator says that the round is not
/// running any more. Disposing it stops the heartbeats.
/// </summary>
internal sealed partial class Pulse : IAsyncDisposable
{
    private readonly GatewayClient _gateway;
    private readonly ILogger<Pulse> _logger;
    private readonly string _experiment;
    private readonly int _round;
    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _beating;
    private readonly Task _loop;

    public Pulse(
        GatewayClient gateway,
        string experiment,
        int round,
        TimeSpan interval,
        TimeProvider clock,
        ILogger<Pulse> logger,
        CancellationToken cancellationToken)
    {
        (_gateway, _experiment, _round, _logger) = (gateway, experiment, round, logger);
        _work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _beating = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _loop = BeatAsync(interval, clock, _beating.Token);
    }

    /// <summary>Ends when the round's work is not wanted any more.</summary>
    public CancellationToken Work => _work.Token;

    public async ValueTask DisposeAsync()
    {
        await _beating.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _beating.Dispose();
        _work.Dispose();
    }

    private async Task BeatAsync(TimeSpan interval, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (!await IsWantedAsync(cancellationToken))
            {
                await _work.CancelAsync();
                return;
            }
        }
    }

    private async Task<bool> IsWantedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var beat = await _gateway.HeartbeatAsync(_experiment, cancellationToken);
            if (!beat.Succeeded || beat.Value!.Round == _round)
            {
                return true;
            }

            LogMovedOn(beat.Value.Round, _round);
            return false;
        }
        catch (GatewayRefusedException)
        {
            // The next call of the work's own loop gets the same answer, and reports it.
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Round {CurrentRound} is running; the work of round {Round} is given up.")]
    private partial void LogMovedOn(int currentRound, int round);
}
