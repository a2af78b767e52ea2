using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Tests;

/// <summary>Keeps every log line, and lets a test wait for one.</summary>
public sealed class CollectedLogs : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<(LogLevel Level, string Text)> _lines = [];
    private readonly List<(string Part, TaskCompletionSource Seen)> _waiting = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public IEnumerable<string> At(LogLevel level) => Lines.Where(line => line.Level == level).Select(line => line.Text);

    /// <summary>Ends when a line that contains the text has been logged.</summary>
    public Task Seen(string part)
    {
        lock (_lock)
        {
            if (_lines.Any(line => line.Text.Contains(part, StringComparison.Ordinal)))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((part, seen));
            return seen.Task;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var text = formatter(state, exception);
        lock (_lock)
        {
            _lines.Add((logLevel, text));
            foreach (var (_, seen) in _waiting.Where(waiting => text.Contains(waiting.Part, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
