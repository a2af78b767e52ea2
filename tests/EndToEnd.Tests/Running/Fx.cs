using System.Diagnostics;

namespace Actors.EndToEnd.Running;

/// <summary>The program as an operator runs it: a process of its own in a node's folder.</summary>
internal sealed class Fx : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private Fx(string folder, string[] arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    // The tests' own output lies beside that of every other project, in the same configuration.
    private static string Program
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Actors.Cli", own.Name, OperatingSystem.IsWindows() ? "fx.exe" : "fx");
        }
    }

    /// <summary>Starts a command that runs on; disposing kills it.</summary>
    public static Fx Start(string folder, params string[] arguments) => new(folder, arguments);

    /// <summary>Runs a command that must succeed, and gives what it wrote.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using var fx = Start(folder, arguments);
        Assert.True(await fx.EndAsync() == 0, $"fx {string.Join(' ', arguments)} failed:\n{fx.Output}");
        return fx.Output;
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"fx did not end in {Patience}:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Kills it as the loss of the process would: at once, with no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
