using Actors.Simulation.Machines;

namespace Actors.Simulation.Faults;

/// <summary>How likely each fault is in a run. A seed has its own weather: some faults are frequent, others absent.</summary>
/// <param name="Chances">The chance of each <see cref="FaultKind"/> at one opportunity.</param>
internal sealed record Weather(double[] Chances)
{
    /// <summary>The weather of a seed.</summary>
    public static Weather Of(ulong seed)
    {
        var dice = Dice.For(seed, "weather");
        var chances = new double[Enum.GetValues<FaultKind>().Length];
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            // Half of the kinds stay away; the others are spread over two orders of magnitude.
            var worst = Worst(kind);
            chances[(int)kind] = dice.Unit() < 0.5 ? 0 : worst * Math.Pow(10, -2 * dice.Unit());
        }

        return new(chances);
    }

    private static double Worst(FaultKind kind) => kind switch
    {
        FaultKind.CrashSilo => 0.01,
        FaultKind.CrashCollaborator => 0.05,
        FaultKind.LoseUpdate or FaultKind.LoseKept or FaultKind.CutUpload => 0.3,
        FaultKind.FailWrite or FaultKind.LoseWriteAnswer or FaultKind.FailRead or FaultKind.FailFile => 0.2,
        FaultKind.StallWrite => 0.1,
        FaultKind.Deactivate => 0.05,
        FaultKind.PauseExperiment => 0.1,
        _ => 0.3,
    };
}
