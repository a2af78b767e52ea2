using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>
/// After <c>straggler_cutoff_time</c> seconds a round closes with at least <c>minimum_reporting</c> collaborators, at once or
/// when that many have reported.
/// </summary>
internal sealed class CutoffTime : IStragglerPolicy
{
    public string Name => "cutoff_time";

    public RoundDecision Decide(PolicyChoice choice, RoundProgress progress)
    {
        var seconds = choice.Number("straggler_cutoff_time", double.PositiveInfinity);
        if (seconds >= TimeSpan.MaxValue.TotalSeconds)
        {
            return RoundDecision.Wait;
        }

        var cutoff = TimeSpan.FromSeconds(seconds);
        if (progress.Elapsed < cutoff)
        {
            return RoundDecision.WaitUntil(cutoff);
        }

        return progress.Complete >= choice.Number("minimum_reporting", 1) ? RoundDecision.CloseNow : RoundDecision.Wait;
    }
}
