using ScottPlot;

namespace Actors.Experiments;

/// <summary>
/// Draws lines into PNG files: several experiments side by side, or the columns of one (<see cref="MetricsTable.Plot"/>).
/// </summary>
public static class LinePlot
{
    private const int Width = 800;
    private const int Height = 480;

    private static readonly IPalette Colours = new ScottPlot.Palettes.Category10();

    /// <summary>Draws lines with a legend: ten in colours of their own, those after them dashed, in the same colours again.</summary>
    /// <param name="path">Where; the folder is made when missing, a file that is there is replaced.</param>
    /// <param name="labels">The words around it.</param>
    /// <param name="lines">At least one; legend and colours go in their order.</param>
    /// <exception cref="ArgumentException">There is no line, or one that has not as many X as Y.</exception>
    public static void Save(string path, PlotLabels labels, params IReadOnlyList<PlotLine> lines)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count == 0)
        {
            throw new ArgumentException("There is no line to draw; give at least one.", nameof(lines));
        }

        using var plot = new Plot();
        plot.Add.Palette = Colours;
        foreach (var line in lines)
        {
            Add(plot, line);
        }

        plot.Title(labels.Title);
        plot.XLabel(labels.X);
        plot.YLabel(labels.Y);
        plot.ShowLegend(Edge.Right);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        plot.SavePng(path, Width, Height);
    }

    private static void Add(Plot plot, PlotLine line)
    {
        if (line.X.Count != line.Y.Count)
        {
            throw new ArgumentException($"The line {line.Name} has {line.X.Count} X and {line.Y.Count} Y; give as many of both.", nameof(line));
        }

        double[] heights = [.. line.Y.Select(y => double.IsFinite(y) ? y : double.NaN)];
        var drawn = plot.Add.Scatter(line.X.ToArray(), heights);
        drawn.LegendText = line.Name;
        drawn.LineWidth = 2;
        drawn.LinePattern = plot.PlottableList.Count > Colours.Count() ? LinePattern.Dashed : LinePattern.Solid;
        drawn.MarkerSize = line.X.Count > 1 ? 0 : 6;
    }
}
