using Actors.Grains;
using Actors.Grains.Aggregation;

namespace Actors.Experiments.Virtual;

/// <summary>
/// A federation whose collaborators are numbers: who trains in a round is drawn by the assigner, and what they come to is aggregated by
/// the rule, that an aggregator has; only the trained ones of the running round are in memory. There is no network between them, and
/// nobody is late.
/// </summary>
public static class VirtualFederation
{
    /// <summary>Runs all rounds.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="shards">Whose the samples are.</param>
    /// <param name="validationSamples">How many samples are put aside for scoring.</param>
    /// <param name="options">How it goes.</param>
    /// <param name="cancellationToken">Ends it between two trainings.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or there is no such rule; the message says which there are.</exception>
    /// <exception cref="ExperimentException">A model came to numbers that are not finite.</exception>
    public static VirtualResult Run(
        IVirtualModel model, VirtualShards shards, int validationSamples, VirtualOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(shards);
        ArgumentNullException.ThrowIfNull(options);
        Require(options);
        using var run = new VirtualRun(model, shards, validationSamples, options, RuleOf(options.Aggregation));
        return run.ToEnd(cancellationToken);
    }

    private static void Require(VirtualOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EvaluateEvery, 1);
        if (!(options.Fraction > 0 && options.Fraction <= 1))
        {
            throw new ArgumentException($"fraction: {options.Fraction} is no part of the collaborators; write a number above 0, at most 1.", nameof(options));
        }
    }

    private static IAggregationRule RuleOf(string name)
    {
        try
        {
            return AggregationRules.BuiltIn.Find(name) is var rule and not IControlRule
                ? rule
                : throw new ArgumentException($"{name} needs collaborators that keep their part in the control of their steps; virtual ones keep nothing. Choose another rule.");
        }
        catch (FederationException unknown)
        {
            throw new ArgumentException(unknown.Message);
        }
    }
}
