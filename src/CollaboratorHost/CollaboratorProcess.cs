using Actors.CollaboratorHost.Gateway;
using Actors.CollaboratorHost.Tensors;
using Actors.CollaboratorHost.Work;

using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost;

/// <summary>One collaborator in one experiment, from joining to the end.</summary>
public static partial class CollaboratorProcess
{
    /// <summary>
    /// Joins and works until the experiment ends. Killed at any time and started again with the same options it goes on where it
    /// was: results that were computed and not accepted are reported without training again.
    /// </summary>
    /// <param name="options">What to work on and where.</param>
    /// <param name="tasks">The plan's tasks; the caller disposes the runner afterwards.</param>
    /// <param name="credentials">What to show the gateway, and what to ask of it.</param>
    /// <param name="progress">Takes the fraction done of the running task; null to show nothing.</param>
    /// <param name="logs">Makes the loggers.</param>
    /// <param name="clock">The time; deadlines of calls assume that it runs as the machine's does.</param>
    /// <param name="cancellationToken">Ends the process; a running task is told to stop.</param>
    /// <returns>One of <see cref="ExitCodes"/>; the log says more.</returns>
    /// <exception cref="ArgumentException">The options cannot be used; the message lists every problem.</exception>
    public static async Task<int> RunAsync(
        CollaboratorOptions options,
        ITaskInvoker tasks,
        GatewayCredentials credentials,
        IProgress<double>? progress,
        ILoggerFactory logs,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(clock);
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        }

        var logger = logs.CreateLogger(typeof(CollaboratorProcess));
        try
        {
            using var folder = new StateFolder(options.StateFolder, options.Collaborator);
            using var gateway = new GatewayClient(options, credentials, clock, logs.CreateLogger<GatewayClient>());
            return await Loop(options, tasks, gateway, folder, progress ?? new NoProgress(), logs, clock).RunAsync(cancellationToken);
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
        catch (WorkFailedException failure)
        {
            LogEnded(logger, options.Collaborator, failure.Message);
            return ExitCodes.WorkFailed;
        }
        catch (Exception failure)
        {
            // The process's boundary: a full disk, or a runner that cannot take its own model.
            LogBroken(logger, failure, options.Collaborator, failure.Message);
            return ExitCodes.WorkFailed;
        }
    }

    private static TaskLoop Loop(
        CollaboratorOptions options,
        ITaskInvoker tasks,
        GatewayClient gateway,
        StateFolder folder,
        IProgress<double> progress,
        ILoggerFactory logs,
        TimeProvider clock)
    {
        var store = new LocalTensorStore(folder.Tensors);
        var kept = new KeptResults(folder.Results, store);
        var download = new TensorDownload(gateway, store, logs.CreateLogger<TensorDownload>());
        var models = new ModelDownload(download, store, logs.CreateLogger<ModelDownload>());
        var tensors = new RoundTensors(gateway, models, download, store, tasks.Runner);
        var encoder = new UpdateEncoder(options, store, folder.Residuals);
        var local = new LocalTensors(folder.Local, tasks.Runner, store, options.LocalTensors);
        var controls = new ControlKeeper(options, tasks.Runner, store, local, folder.Controls);
        var keeper = new ResultKeeper(options, tasks.Runner, store, encoder, controls, kept);
        var journal = new MetricsJournal(options.MetricsLog, options.EventFile, clock);
        var executor = new TaskExecutor(
            options, tasks, tensors, local, controls, keeper, journal, progress, gateway.NewBackoff, clock, logs.CreateLogger<TaskExecutor>());
        var upload = new TensorUpload(gateway, store);
        var acknowledgements = new AcknowledgementLog(options.AcknowledgementLog);
        var reporter = new ResultReporter(gateway, upload, store, acknowledgements, logs.CreateLogger<ResultReporter>());
        var worker = new RoundWorker(tasks, tensors, executor, reporter, store, kept, acknowledgements, options.EndsWhenRefused, logs.CreateLogger<RoundWorker>());
        var heartbeats = new Heartbeats(gateway, clock, logs.CreateLogger<Pulse>());
        return new(options, gateway, worker, heartbeats, logs.CreateLogger<TaskLoop>());
    }
}
