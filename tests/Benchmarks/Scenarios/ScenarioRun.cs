using System.Globalization;

namespace Actors.Benchmarks.Scenarios;

/// <summary>How a scenario is to be run.</summary>
/// <param name="IsQuick">Small cases only, for trying: seconds rather than minutes.</param>
/// <param name="Only">Run only the cases with these names, separated by commas; null for all.</param>
/// <param name="Folder">Where the file of figures goes, and plots beside it; null when nothing is to be kept.</param>
internal sealed record ScenarioRun(bool IsQuick, string? Only, string? Folder)
{
    /// <summary>Whether a case is wanted.</summary>
    public bool Wants(string name) => Only is null || Only.Split(',').Contains(name);

    /// <summary>Tells on standard error what goes on.</summary>
    public static void Say(string text) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.TickCount64 / 1000.0:F1} {text}"));

    /// <summary>A figure with four significant digits.</summary>
    public static double Round(double figure) =>
        figure == 0 || !double.IsFinite(figure)
            ? 0
            : double.Parse(figure.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
