using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// An optimizer at the aggregator (Reddi et al. 2021, Adaptive Federated Optimization, Algorithm 2): the average of the updates' changes,
/// bounded as <see cref="BoundedAverage"/> bounds it, is the pseudo-gradient Δ of a step that carries state from round to round.
/// The state has the model's layout and element types.
/// </summary>
public abstract class ServerRule : WeighingRule
{
    private static readonly BoundedAverage Bounded = new();

    /// <summary>The names of its states, in order: none, one or two.</summary>
    public abstract IReadOnlyList<string> States { get; }

    /// <inheritdoc/>
    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry) => Bounded.Weigh(choice, geometry);

    /// <summary>What a state's numbers are before the first round.</summary>
    /// <param name="choice">The plan's settings of the rule.</param>
    /// <param name="state">The state's place in <see cref="States"/>.</param>
    public virtual double Initial(PolicyChoice choice, int state) => 0;

    /// <summary>Takes the step of one block, in float64. Each coordinate depends on its own numbers alone.</summary>
    /// <param name="choice">The plan's settings of the rule.</param>
    /// <param name="block">The block.</param>
    public abstract void Step(PolicyChoice choice, in ServerBlock block);
}

/// <summary>A block as a server optimizer's step sees it; all spans have the same length.</summary>
public readonly ref struct ServerBlock
{
    /// <summary>The current model x.</summary>
    public required ReadOnlySpan<double> Model { get; init; }

    /// <summary>At first x + Δ, the average of the updates; the step puts the next model in its place.</summary>
    public required Span<double> Next { get; init; }

    /// <summary>The first state; the step puts the next state in its place. Empty when the rule has none.</summary>
    public required Span<double> First { get; init; }

    /// <summary>The second state; empty when the rule has no second.</summary>
    public required Span<double> Second { get; init; }
}
