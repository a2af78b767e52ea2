using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>No round closes before everybody has reported.</summary>
internal sealed class WaitForAll : IStragglerPolicy
{
    public string Name => "wait_all";

    public RoundDecision Decide(PolicyChoice choice, RoundProgress progress) => RoundDecision.Wait;
}
