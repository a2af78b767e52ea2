namespace Actors.Silo;

/// <summary>Where an experiment's results are written; absolute paths.</summary>
/// <param name="LastModel">The newest model; null to write none, as an evaluation does.</param>
/// <param name="BestModel">The best model; null to write none.</param>
/// <param name="Metrics">One JSON line a closed round.</param>
/// <param name="Events">A TensorBoard event file for the same; null for none.</param>
public sealed record ExperimentFilePaths(string? LastModel, string? BestModel, string Metrics, string? Events = null)
{
    /// <summary>Where a state of the server optimizer lies that goes with a model: <c>save/last.bin</c> has <c>save/last.state.train.momentum.bin</c>.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="kind">The state's kind of tensors.</param>
    public static string StateBeside(string model, string kind) => Path.ChangeExtension(model, $"{kind}{Path.GetExtension(model)}");
}
