namespace Actors.Experiments;

/// <summary>The words around a plot; empty for none.</summary>
/// <param name="Title">Above it.</param>
/// <param name="X">Below it.</param>
/// <param name="Y">Beside it.</param>
public sealed record PlotLabels(string Title, string X, string Y);
