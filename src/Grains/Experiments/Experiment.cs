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
        Current = [definition.InitialModel, .. definition.InitialStates],
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
        var after = Revive(state) with
        {
            Round = next,
            Current = Replace(state.Current, result.Outcomes),
            Best = BestOf(state, definition.Plan.Best, result),
            LastResult = result,
            Controls = result.Outcomes.LastOrDefault(outcome => outcome.Controls is not null)?.Controls ?? state.Controls,
        };
        return next >= definition.Plan.Rounds ? End(after, Lifecycle.Finished, "all rounds are done") : after;
    }

    /// <summary>The state after its start or restart: one that was created runs, any other stays as it is.</summary>
    public static ExperimentState Start(ExperimentState state) =>
        state.Lifecycle == Lifecycle.Created ? state with { Lifecycle = Lifecycle.Running } : state;

    /// <summary>The state after an operator's pause.</summary>
    public static ExperimentState Pause(ExperimentState state, string reason) => state.Lifecycle is Lifecycle.Running or Lifecycle.Paused
        ? state with { Lifecycle = Lifecycle.Paused, Pause = PauseCause.Operator, Reason = reason }
        : state;

    /// <summary>The state after an operator's word to go on, whatever paused it.</summary>
    public static ExperimentState Resume(ExperimentState state) => state.Lifecycle == Lifecycle.Paused
        ? state with { Lifecycle = Lifecycle.Running, Pause = PauseCause.None, Reason = "" }
        : state;

    /// <summary>The state after its running round found too few collaborators. An operator's pause stays an operator's.</summary>
    public static ExperimentState Stick(ExperimentState state, int round, string reason) =>
        round == state.Round && (state.Lifecycle == Lifecycle.Running || state is { Lifecycle: Lifecycle.Paused, Pause: PauseCause.Collaborators })
            ? state with { Lifecycle = Lifecycle.Paused, Pause = PauseCause.Collaborators, Reason = reason }
            : state;

    /// <summary>The state after enough collaborators are there again.</summary>
    public static ExperimentState Revive(ExperimentState state) =>
        state is { Lifecycle: Lifecycle.Paused, Pause: PauseCause.Collaborators } ? Resume(state) : state;

    /// <summary>The state after an end; one that has ended stays as it is.</summary>
    public static ExperimentState End(ExperimentState state, Lifecycle end, string reason) => state.Lifecycle.HasEnded()
        ? state
        : state with { Lifecycle = end, Pause = PauseCause.None, Reason = reason };

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
