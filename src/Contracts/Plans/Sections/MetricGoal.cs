namespace Actors.Contracts.Plans;

/// <summary>Which way a metric gets better.</summary>
public enum MetricGoal
{
    /// <summary>Higher is better: an accuracy.</summary>
    Higher,

    /// <summary>Lower is better: a loss.</summary>
    Lower,
}
