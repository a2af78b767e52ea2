using Actors.CollaboratorHost.Gateway;
using Actors.Contracts;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Serving;

/// <summary>
/// A collaborator's host that stays connected to a long-lived federation: it learns of experiments by a held call, decides by its own
/// policy, and runs each in a process of its own.
/// </summary>
public static partial class ServeProcess
{
    // How long a collaborator's process has, once its experiment is over, to hear of that itself.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);

    /// <summary>Serves until it is told to stop. Started again, it goes on where it was.</summary>
    /// <param name="options">Whom to serve and how.</param>
    /// <param name="credentials">What to show the gateway, and what to ask of it.</param>
    /// <param name="logs">Makes the loggers.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Ends it, with the processes it started.</param>
    /// <returns>One of <see cref="ExitCodes"/>; the log says more.</returns>
    public static async Task<int> RunAsync(
        ServeOptions options, GatewayCredentials credentials, ILoggerFactory logs, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(clock);
        var logger = logs.CreateLogger(typeof(ServeProcess));
        using var host = new HostClient(options, credentials, clock, logs.CreateLogger<HostClient>());
        var fetch = new ArchiveFetch(host, options);
        var served = new Dictionary<string, ServedExperiment>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await AttendAsync(
                options,
                host,
                list => FollowAll(
                    list, served, experiment => new(options, host, fetch, experiment, logs.CreateLogger<ServedExperiment>()), stop.Token),
                logger,
                cancellationToken);
            return ExitCodes.Ended;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogInterrupted(logger, options.Collaborator);
            return ExitCodes.Interrupted;
        }
        catch (GatewayRefusedException refusal)
        {
            LogEnded(logger, options.Collaborator, refusal.Message);
            return ExitCodes.GatewayRefused;
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var experiment in served.Values)
            {
                await experiment.DisposeAsync();
            }
        }
    }

    private static async Task AttendAsync(
        ServeOptions options, HostClient host, Action<IReadOnlyList<Wire.HostExperiment>> follow, ILogger logger, CancellationToken cancellationToken)
    {
        var (known, hold) = ("", TimeSpan.Zero);
        while (true)
        {
            var policy = options.ReadPolicy();
            var reply = await host.AttendAsync(
                new() { Parallel = policy.Parallel, Data = policy.Data, Version = SoftwareVersion.Text, Known = known }, hold, cancellationToken);
            if (known.Length == 0)
            {
                LogConnected(logger, options.Collaborator);
            }

            (known, hold) = (reply.List, TimeSpan.FromSeconds(reply.HoldSeconds));
            follow(reply.Experiments);
        }
    }

    private static void FollowAll(
        IReadOnlyList<Wire.HostExperiment> list,
        Dictionary<string, ServedExperiment> served,
        Func<Wire.HostExperiment, ServedExperiment> make,
        CancellationToken cancellationToken)
    {
        foreach (var experiment in list)
        {
            if (!served.TryGetValue(experiment.Digest, out var known))
            {
                served[experiment.Digest] = known = make(experiment);
            }

            known.Follow(experiment, cancellationToken);
        }

        foreach (var (digest, gone) in served.Where(known => list.All(experiment => experiment.Digest != known.Key)).ToList())
        {
            served.Remove(digest);
            _ = gone.LeaveAsync(Grace); // Its work is guarded, and ends with the host at the latest.
        }
    }

    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} serves the federation and waits for experiments")]
    private static partial void LogConnected(ILogger logger, string collaborator);

    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} was told to end; started again it goes on where it is")]
    private static partial void LogInterrupted(ILogger logger, string collaborator);

    [LoggerMessage(LogLevel.Critical, "Collaborator {Collaborator} ends. {Reason}")]
    private static partial void LogEnded(ILogger logger, string collaborator, string reason);
}
