using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>No round closes before everybody has reported.</summary>
internal sealed class WaitForAll : IStragglerPolicy
{
    /// <summary>The name by which a plan chooses it.</summary>
    public const string PolicyName = "wait_all";

    public string Name => PolicyName;

    public bool HasDeadline(PolicyChoice choice) => false;

    public int Needed(PolicyChoice choice, int assigned) => Math.Max(assigned, 1);

    public RoundDecision Decide(PolicyChoice choice, RoundProgress progress) => RoundDecision.Wait;
}
