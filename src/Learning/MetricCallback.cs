namespace Actors.Learning;

/// <summary>
/// Hears metrics. A plan names the class as <c>aggregator.settings.log_metric_callback</c>; its settings go to the constructor's parameters by
/// name. Every node makes one of its own: a collaborator's hears what its tasks measure, the aggregator's what a round came to.
/// </summary>
public abstract class MetricCallback
{
    /// <summary>
    /// Hears a metric. Called by one thread at a time, which waits: what takes long holds up the node. What it throws is logged and
    /// changes nothing. After a restart the last ones may come again.
    /// </summary>
    /// <param name="node">The collaborator's label, or <c>aggregator</c> for the average over the collaborators.</param>
    /// <param name="task">The task's name in the plan.</param>
    /// <param name="metric">What was measured, such as <c>accuracy</c>.</param>
    /// <param name="value">The measured value.</param>
    /// <param name="round">The round's number, from 0.</param>
    public abstract void Heard(string node, string task, string metric, double value, int round);
}
