using Actors.Grains.Rounds;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments;

/// <summary>Decides how an experiment goes on. Knows nothing of storage or grains.</summary>
internal static class Experiment
{
    /// <summary>The state of an experiment that was just created.</summary>
    public static ExperimentState Create(ExperimentDefinition definition) => new()
    {
        Lifecycle = Lifecycle.Created,
        Definition = definition,
        Current = [definition.InitialModel],
    };

    /// <summary>
    /// The state after a round. What the round's tasks aggregated replaces what it started from, kind by kind; with several
    /// training tasks the last one in the plan's order decides. A score belongs to the model that the round started from.
    /// </summary>
    /// <returns>Null when the round is not the running one: it has been entered before.</returns>
    public static ExperimentState? Complete(ExperimentState state, RoundResult result)
    {
        if (result.Number != state.Round || state.Definition is not { } definition || state.Lifecycle.HasEnded())
        {
            return null;
        }

        var next = result.Number + 1;
        return state with
        {
            Round = next,
            Current = Replace(state.Current, result.Outcomes),
            Best = BestOf(state, definition.Plan.Best, result),
            LastResult = result,
            Lifecycle = next >= definition.Plan.Rounds ? Lifecycle.Finished : state.Lifecycle,
            Reason = next >= definition.Plan.Rounds ? "all rounds are done" : state.Reason,
        };
    }

    private static IReadOnlyList<TensorBundle> Replace(IReadOnlyList<TensorBundle> current, IReadOnlyList<TaskOutcome> outcomes)
    {
        var newest = current.ToDictionary(bundle => bundle.Kind);
        foreach (var bundle in outcomes.SelectMany(outcome => outcome.Bundles))
        {
            newest[bundle.Kind] = bundle;
        }

        return [.. newest.Values.OrderBy(bundle => bundle.Kind, StringComparer.Ordinal)];
    }

    private static BestModel? BestOf(ExperimentState state, BestCriterion criterion, RoundResult result)
    {
        var measured = result.Outcomes
            .Where(outcome => outcome.Task == criterion.Task)
            .SelectMany(outcome => outcome.Metrics)
            .Where(metric => metric.Name == criterion.Metric)
            .ToList();
        return measured is [var score, ..] && criterion.Beats(score.Value, state.Best?.Score)
            ? new(result.Number, score.Value, state.Current.Find(BundleKinds.Model)!)
            : state.Best;
    }
}
