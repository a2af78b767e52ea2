using System.Collections.Concurrent;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Running.Tests;

/// <summary>Keeps the warnings and errors that a process logs.</summary>
internal sealed class CollectedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];

    /// <summary>The lines, with the exception's text where there is one.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Waits for a line that contains a text.</summary>
    public async Task UntilAsync(string text)
    {
        while (!_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(20);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
