namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>aggregator</c> section.</summary>
/// <param name="RoundsToTrain">How many rounds, from 1 to 1,000,000. Default: 256.</param>
/// <param name="InitStatePath">The initial model, relative to the workspace.</param>
/// <param name="BestStatePath">The best model so far, relative to the workspace.</param>
/// <param name="LastStatePath">The latest model, relative to the workspace.</param>
/// <param name="DbStoreRounds">How many rounds of tensors are kept; negative keeps all. Default: 1.</param>
/// <param name="WriteLogs">Whether metrics are also written to a log. Default: false.</param>
/// <param name="BestMetric">What makes a model the best.</param>
/// <param name="MetricCallback">The class of the workspace that hears metrics; null for none.</param>
public sealed record AggregatorPlan(
    int RoundsToTrain,
    string InitStatePath,
    string BestStatePath,
    string LastStatePath,
    long DbStoreRounds,
    bool WriteLogs,
    BestMetric BestMetric,
    MetricCallbackPlan? MetricCallback);
