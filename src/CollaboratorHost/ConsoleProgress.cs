using System.Globalization;

namespace Actors.CollaboratorHost;

/// <summary>Draws how far a task is as a bar in one line, which disappears at the end. Draws nothing unless it is on a terminal.</summary>
/// <param name="output">Where to draw.</param>
/// <param name="isTerminal">Whether somebody sees the line being overwritten.</param>
public sealed class ConsoleProgress(TextWriter output, bool isTerminal) : IProgress<double>
{
    private const int Cells = 40;

    private readonly Lock _lock = new();
    private int _drawn = -1;

    /// <summary>Draws on the error output, so that what a program prints can still be piped.</summary>
    public static ConsoleProgress OnStandardError() => new(Console.Error, !Console.IsErrorRedirected);

    /// <summary>Takes the fraction done, 0 to 1; 1 wipes the bar.</summary>
    public void Report(double value)
    {
        if (!isTerminal)
        {
            return;
        }

        var percent = double.IsNaN(value) ? 0 : (int)(Math.Clamp(value, 0, 1) * 100);
        lock (_lock)
        {
            if (percent != _drawn)
            {
                output.Write(percent < 100 ? Bar(percent) : Blank(_drawn));
                output.Flush();
                _drawn = percent < 100 ? percent : -1;
            }
        }
    }

    private static string Bar(int percent)
    {
        var done = percent * Cells / 100;
        return string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', done)}{new string('.', Cells - done)}] {percent,3}%");
    }

    private static string Blank(int drawn) => drawn < 0 ? "" : $"\r{new string(' ', Bar(0).Length - 1)}\r";
}
