using System.Threading.Channels;

using Actors.Experiments.Composition;

using Spectre.Console;
using Spectre.Console.Rendering;

namespace Actors.Experiments;

/// <summary>
/// Shows the rounds of one experiment as they close: a live table in a terminal, a line each where the output goes elsewhere. Dispose
/// it after the experiment, before anything else is written.
/// </summary>
public sealed class TerminalProgress : IProgress<RoundMetrics>, IAsyncDisposable
{
    private readonly IAnsiConsole _console;
    private readonly List<RoundMetrics> _rounds = [];
    private readonly Channel<IRenderable> _tables = Channel.CreateUnbounded<IRenderable>();
    private readonly Task? _showing;

    /// <summary>Shows on the process's own console.</summary>
    public TerminalProgress()
        : this(AnsiConsole.Console, !Console.IsOutputRedirected)
    {
    }

    internal TerminalProgress(IAnsiConsole console, bool isInteractive)
    {
        _console = console;
        _showing = isInteractive ? console.Live(new Text("")).StartAsync(FollowAsync) : null;
    }

    /// <inheritdoc/>
    public void Report(RoundMetrics value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _rounds.Add(value);
        if (_showing is null)
        {
            _console.Profile.Out.Writer.WriteLine(RoundTable.Describe(value));
            return;
        }

        _tables.Writer.TryWrite(RoundTable.Of(_rounds, value.Rounds, _console));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _tables.Writer.TryComplete();
        await (_showing ?? Task.CompletedTask);
    }

    private async Task FollowAsync(LiveDisplayContext live)
    {
        await foreach (var table in _tables.Reader.ReadAllAsync())
        {
            live.UpdateTarget(table);
        }
    }
}
