using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Serving;

/// <summary>
/// A collaborator's part in an experiment that runs, in a process of its own: it is started again when it fails, until the experiment is over or the
/// host gives it up.
/// </summary>
internal sealed partial class ServedRun(
    ServeOptions options, HostClient host, Wire.HostExperiment experiment, ExperimentFolder folder, ILogger logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Runs it.</summary>
    /// <returns>Why the host gives it up; null when the experiment is over.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var backoff = host.NewBackoff();
        for (var failures = 1; ; failures++)
        {
            using var child = options.Start(folder, experiment.Experiment);
            LogStarted(experiment.Name, folder.LogFile);
            var code = await child.EndAsync(cancellationToken);
            if (code == ExitCodes.Ended)
            {
                LogOver(experiment.Name);
                return null;
            }

            LogChildFailed(experiment.Name, code, child.LastWords);
            if (failures >= options.MostFailures || code is ExitCodes.JoinRefused or ExitCodes.GatewayRefused)
            {
                return child.LastWords;
            }

            await backoff.DelayAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} is run; its process writes to {LogFile}")]
    private partial void LogStarted(string experiment, string logFile);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} is over")]
    private partial void LogOver(string experiment);

    [LoggerMessage(LogLevel.Warning, "Experiment {Experiment}: the collaborator's process ended with {Code}. {LastWords}")]
    private partial void LogChildFailed(string experiment, int code, string lastWords);
}
