using System.Globalization;

namespace Actors.Benchmarks.Processes;

/// <summary>What the kernel knows of a process.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100;

    /// <summary>User and system time so far, in seconds.</summary>
    public static double CpuSeconds(int process)
    {
        // The name may hold spaces; the fields after it do not.
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>A line of the status in bytes: <c>VmHWM</c> (peak resident), <c>VmRSS</c>, <c>RssAnon</c>.</summary>
    public static long Bytes(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>The number of open handles.</summary>
    public static int Handles(int process) => Directory.GetFiles($"/proc/{process}/fd").Length;
}
