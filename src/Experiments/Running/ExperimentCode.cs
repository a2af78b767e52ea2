using Actors.Contracts.Metrics;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Learning.Settings;

namespace Actors.Experiments.Running;

/// <summary>What the nodes of an experiment run of the program's own classes: each node makes its own, as processes do.</summary>
internal sealed class ExperimentCode
{
    private readonly Plan _plan;
    private readonly OwnClasses _classes;

    /// <summary>Makes the aggregator's, so that settings that do not fit are found before anything starts.</summary>
    /// <exception cref="PlanException">A class does not take its settings.</exception>
    public ExperimentCode(Plan plan, OwnClasses classes)
    {
        (_plan, _classes) = (plan, classes);
        try
        {
            Aggregator = OwnCode.Of(plan, classes);
        }
        catch (SettingsException problem)
        {
            throw new PlanException(problem.Problems);
        }
    }

    /// <summary>The aggregator's rules, assigners and callback.</summary>
    public OwnCode Aggregator { get; }

    /// <summary>A callback for one collaborator; null when the plan names none.</summary>
    public HearMetric? Collaborator() => OwnCode.MetricCallbackOf(_plan, _classes);
}
