using Microsoft.Extensions.Logging;

namespace Actors.Benchmarks.Learning;

/// <summary>Adds up the bytes of tensors that hosts move, from what they log of each transfer.</summary>
internal sealed class TransferredBytes : ILoggerFactory, ILogger
{
    private long _up;
    private long _down;

    /// <summary>Bytes pushed to the aggregator.</summary>
    public long Up => Interlocked.Read(ref _up);

    /// <summary>Bytes pulled from it.</summary>
    public long Down => Interlocked.Read(ref _down);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Debug;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name is "LogPushing" or "LogDownloading" && state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            var numbers = values.Where(value => value.Value is long).ToDictionary(value => value.Key, value => (long)value.Value!);
            _ = eventId.Name == "LogPushing"
                ? Interlocked.Add(ref _up, numbers["Bytes"])
                : Interlocked.Add(ref _down, numbers["Bytes"] - numbers["Present"]);
        }
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
