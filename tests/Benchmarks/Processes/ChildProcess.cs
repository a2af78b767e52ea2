using System.Diagnostics;
using System.Text.Json;

namespace Actors.Benchmarks.Processes;

/// <summary>
/// This program in another role. It reads one JSON object of settings, then a command a line, and answers each with a line.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>User and system time so far, in seconds.</summary>
    public double CpuSeconds => ProcessFigures.CpuSeconds(Id);

    /// <summary>Starts the role and returns with its first answer.</summary>
    public static async Task<(ChildProcess Process, TReply Reply)> StartAsync<TSettings, TReply>(string role, TSettings settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, role])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var child = new ChildProcess(Process.Start(start)!);
        return (child, await child.AskAsync<TReply>(JsonSerializer.Serialize(settings)));
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <exception cref="InvalidOperationException">The process ended instead.</exception>
    public async Task<TReply> AskAsync<TReply>(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"A child process ended at '{command}'; its errors are above.");
        return JsonSerializer.Deserialize<TReply>(line)!;
    }

    /// <summary>Sends a command whose answer says nothing.</summary>
    public async Task DoAsync(string command) => _ = await AskAsync<JsonElement>(command);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
