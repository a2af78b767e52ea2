namespace Actors.Silo;

/// <summary>Where an experiment's results are written; absolute paths.</summary>
/// <param name="LastModel">The newest model.</param>
/// <param name="BestModel">The best model.</param>
/// <param name="Metrics">One JSON line a closed round.</param>
public sealed record ExperimentFilePaths(string LastModel, string BestModel, string Metrics);
