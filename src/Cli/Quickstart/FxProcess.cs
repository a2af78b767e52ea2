using System.Diagnostics;

namespace Actors.Cli.Quickstart;

/// <summary>Another process of this very program, in a node's own folder, as an operator would type it there.</summary>
internal sealed class FxProcess : IDisposable
{
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Task _watching;
    private readonly Action<string>? _onLine;

    private FxProcess(FxStart start)
    {
        (Name, LogFile, _onLine) = (start.Name, start.LogFile, start.OnLine);
        Directory.CreateDirectory(Path.GetDirectoryName(LogFile)!);
        _log = new StreamWriter(LogFile, append: true) { AutoFlush = true };
        _process = new Process { StartInfo = StartInfo(start) };
        _process.OutputDataReceived += (_, line) => Write(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _watching = WatchAsync();
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Where its output goes.</summary>
    public string LogFile { get; }

    /// <summary>The processor time it has used, user and system; sampled, so the last tenth of a second may be missing.</summary>
    public TimeSpan CpuTime { get; private set; }

    /// <summary>The largest resident memory it has had, in bytes.</summary>
    public long PeakRssBytes { get; private set; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it ended with.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Whether it was ended by a signal that no process survives.</summary>
    public bool WasKilled => ExitCode == (OperatingSystem.IsWindows() ? -1 : 128 + 9);

    /// <summary>Starts <c>fx</c>.</summary>
    public static FxProcess Start(string name, string folder, string logFile, params string[] arguments) =>
        Start(new(name, folder, logFile, arguments));

    /// <summary>Starts <c>fx</c>.</summary>
    public static FxProcess Start(FxStart start) => new(start);

    /// <summary>Runs <c>fx</c> to its end.</summary>
    /// <exception cref="CommandException">It failed; the message shows what it wrote last.</exception>
    public static async Task<string> RunAsync(string folder, string logFile, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new FileInfo(logFile) is { Exists: true, Length: var length } ? length : 0;
        using var process = Start($"fx {string.Join(' ', arguments)}", folder, logFile, arguments);
        await process.WaitAsync(cancellationToken);
        process.RequireSuccess();
        process._log.Flush();
        using var log = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(start, SeekOrigin.Begin);
        return await new StreamReader(log).ReadToEndAsync(cancellationToken);
    }

    /// <summary>Waits for its end.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _watching;
    }

    /// <summary>Refuses an end that was no success.</summary>
    /// <exception cref="CommandException">It failed; the message shows what it wrote last.</exception>
    public void RequireSuccess()
    {
        if (ExitCode != 0)
        {
            throw new CommandException($"{Name} ended with {ExitCode}. Its last lines, of {LogFile}:\n{string.Join('\n', LastLines(15))}");
        }
    }

    /// <summary>Kills it as the loss of the process would: at once, with no chance to tidy up. One that has ended is left alone.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Kills it if it runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _log.Dispose();
    }

    /// <summary>What it wrote last.</summary>
    public IEnumerable<string> LastLines(int count)
    {
        using var log = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(log).ReadToEnd().TrimEnd().Split('\n').TakeLast(count);
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Sampling);
        while (!_process.HasExited)
        {
            try
            {
                _process.Refresh();
                (CpuTime, PeakRssBytes) = (_process.TotalProcessorTime, Math.Max(PeakRssBytes, _process.PeakWorkingSet64));
            }
            catch (Exception problem) when (problem is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return; // It ended between the question and the answer.
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.WriteLine(line);
            }

            _onLine?.Invoke(line);
        }
    }

    private static ProcessStartInfo StartInfo(FxStart start)
    {
        // Started as 'dotnet fx.dll' the program is the runtime; started by its own name it is itself.
        var program = Environment.ProcessPath!;
        var isRuntime = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var info = new ProcessStartInfo(program, isRuntime ? [typeof(FxProcess).Assembly.Location, .. start.Arguments] : start.Arguments)
        {
            WorkingDirectory = start.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (variable, value) in start.Environment)
        {
            info.Environment[variable] = value;
        }

        return info;
    }
}
