using System.Diagnostics;

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
