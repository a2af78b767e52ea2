using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>
/// FedBuff (Nguyen et al., 2022, Algorithm 1): a version of the model takes results as they come, whatever version they started
/// from, and closes with <c>buffer_size</c> of them. Nobody waits for another. A result of more than <c>maximum_staleness</c>
/// versions ago is not taken.
/// </summary>
internal sealed class BufferedAsync : IStragglerPolicy
{
    /// <summary>The name by which a plan chooses it.</summary>
    public const string PolicyName = "async";

    public string Name => PolicyName;

    /// <summary>How many versions old a result may be. Default: 10.</summary>
    public static int MaximumStaleness(PolicyChoice choice) => (int)Math.Clamp(choice.Number("maximum_staleness", 10), 0, 1_000_000);

    /// <summary>The weight of a result that started so many versions ago: (1 + staleness)^(-<c>staleness_exponent</c>), 0.5 by default.</summary>
    public static double Weight(PolicyChoice choice, int staleness) =>
        Math.Pow(1.0 + Math.Max(staleness, 0), -choice.Number("staleness_exponent", 0.5));

    public bool HasDeadline(PolicyChoice choice) => false;

    public int Needed(PolicyChoice choice, int assigned) => (int)Math.Clamp(choice.Number("buffer_size", 10), 1, int.MaxValue);

    public RoundDecision Decide(PolicyChoice choice, RoundProgress progress) =>
        progress.Complete >= Needed(choice, progress.Assigned) ? RoundDecision.CloseNow : RoundDecision.Wait;
}
