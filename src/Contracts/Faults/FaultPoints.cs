using System.Diagnostics;
using System.Globalization;

namespace Actors.Contracts.Faults;

/// <summary>
/// Kills this process at a named instruction, as <c>kill -9</c> would, when the environment asks for it:
/// <c>FX_FAULT=ResultAccepted@3</c> kills at the third time. Without the variable every point is inert.
/// </summary>
public static class FaultPoints
{
    /// <summary>The environment variable that arms a point.</summary>
    public const string Variable = "FX_FAULT";

    private static readonly ArmedFault? Armed = ArmedFault.Parse(Environment.GetEnvironmentVariable(Variable));
    private static int _times;

    /// <summary>Does nothing, or ends the process without a last word.</summary>
    public static void Reach(FaultPoint point)
    {
        if (Armed is { } armed && armed.Point == point && Interlocked.Increment(ref _times) == armed.Time)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite); // The signal may take a moment; nothing more may be done until then.
        }
    }
}

/// <summary>What the environment asks for.</summary>
/// <param name="Point">Where.</param>
/// <param name="Time">At which time it is reached, from 1.</param>
public sealed record ArmedFault(FaultPoint Point, int Time)
{
    /// <summary>Reads <c>Point@Time</c>; null for null or an empty text.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static ArmedFault? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var at = text.Split('@');
        return at.Length == 2
            && Enum.TryParse<FaultPoint>(at[0], out var point) && Enum.IsDefined(point)
            && int.TryParse(at[1], NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time > 0
            ? new(point, time)
            : throw new FormatException(
                $"{FaultPoints.Variable} is '{text}'. Write a point and a time, such as ResultAccepted@3; points are {string.Join(", ", Enum.GetNames<FaultPoint>())}.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Point}@{Time}");
}
