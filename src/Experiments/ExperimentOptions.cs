using Actors.Learning;

using Microsoft.Extensions.Logging;

namespace Actors.Experiments;

/// <summary>How an experiment differs from the plan that stands without a word, and what is to be heard and kept of it.</summary>
public sealed class ExperimentOptions
{
    /// <summary>
    /// Values of the plan by key, such as <c>["aggregator.settings.rounds_to_train"] = 5</c>: null, flags, numbers, texts, lists, and
    /// dictionaries with texts for keys. Default: empty, and the plan of <c>docs/experiments.md</c> runs as it is.
    /// </summary>
    public IDictionary<string, object?> Plan { get; init; } = new Dictionary<string, object?>();

    /// <summary>
    /// Classes that the plan may name beside ours, as it may those of a workspace: an <see cref="AggregationRule"/> as a task's
    /// <c>aggregation_type.template</c>, an <see cref="Assigner"/> as <c>assigner.template</c>, a <see cref="MetricCallback"/> as
    /// <c>aggregator.settings.log_metric_callback.template</c>. The settings go to the constructor's parameters. Default: none.
    /// </summary>
    public IReadOnlyList<Type> Classes { get; init; } = [];

    /// <summary>Is told of each round when its model is written; called by one thread at a time. Default: nobody.</summary>
    public IProgress<RoundMetrics>? Progress { get; init; }

    /// <summary>
    /// Where model files and metrics are left, an empty folder or a new one, for <c>fx model</c> and TensorBoard. Default: a
    /// temporary folder that goes at the end.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Makes the loggers of aggregator and collaborators. Default: none; what went wrong is in the exception.</summary>
    public ILoggerFactory? Logs { get; init; }
}
