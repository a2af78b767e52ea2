namespace Actors.Contracts.Metrics;

/// <summary>Hears a metric of a node. May throw anything: it is the workspace's code.</summary>
/// <param name="node">The collaborator's label, or <c>aggregator</c>.</param>
/// <param name="task">The task's name.</param>
/// <param name="metric">The metric's name.</param>
/// <param name="value">The measured value.</param>
/// <param name="round">The round's number, from 0.</param>
public delegate void HearMetric(string node, string task, string metric, double value, int round);
