namespace Actors.Experiments.Composition;

/// <summary>Finds the classes that a plan names beside ours: a workspace's, or those that a program gives to an experiment.</summary>
/// <param name="Rule">The aggregation rule of a name.</param>
/// <param name="Assigner">The assigner of a name.</param>
/// <param name="MetricCallback">The metric callback of a name.</param>
internal sealed record OwnClasses(Func<string, Type> Rule, Func<string, Type> Assigner, Func<string, Type> MetricCallback);
