using System.Collections.Concurrent;

using Microsoft.Extensions.Logging;

namespace Actors.Experiments.Running;

/// <summary>Passes on what is logged, and keeps the warnings, so that a failure can say what came before it.</summary>
/// <param name="next">Takes everything too; null for nobody.</param>
internal sealed class ExperimentLogs(ILoggerFactory? next) : ILoggerProvider
{
    private const int MostLines = 20;

    private readonly ConcurrentQueue<string> _warnings = [];

    /// <summary>The last warnings and errors, a line each.</summary>
    public string Warnings => string.Join('\n', _warnings);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Keeper(this, next?.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Keep(string line)
    {
        _warnings.Enqueue(line);
        while (_warnings.Count > MostLines)
        {
            _warnings.TryDequeue(out _);
        }
    }

    private sealed class Keeper(ExperimentLogs logs, ILogger? next) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => next?.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning || next?.IsEnabled(logLevel) == true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            next?.Log(logLevel, eventId, state, exception, formatter);
            if (logLevel is >= LogLevel.Warning and < LogLevel.None)
            {
                logs.Keep(formatter(state, exception));
            }
        }
    }
}
