namespace Actors.Experiments;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">Where its points are; as many as <paramref name="Y"/>.</param>
/// <param name="Y">Their heights. A point that is not finite is left out, and the line has a gap there.</param>
public sealed record PlotLine(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);
