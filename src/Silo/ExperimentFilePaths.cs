namespace Actors.Silo;

/// <summary>Where an experiment's results are written; absolute paths.</summary>
/// <param name="LastModel">The newest model.</param>
/// <param name="BestModel">The best model.</param>
/// <param name="Metrics">One JSON line a closed round.</param>
/// <param name="Events">A TensorBoard event file for the same; null for none.</param>
public sealed record ExperimentFilePaths(string LastModel, string BestModel, string Metrics, string? Events = null);
