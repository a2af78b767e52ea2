using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>
/// After <c>straggler_cutoff_time</c> seconds a round closes with at least <c>minimum_reporting</c> collaborators; with fewer it
/// is tried again.
/// </summary>
internal sealed class CutoffTime : IStragglerPolicy
{
    public string Name => "cutoff_time";

    public bool HasDeadline(PolicyChoice choice) => Cutoff(choice) is not null;

    public int Needed(PolicyChoice choice, int assigned) => choice.MinimumReporting();

    public RoundDecision Decide(PolicyChoice choice, RoundProgress progress) =>
        Cutoff(choice) is { } cutoff ? RoundDecision.AtDeadline(cutoff, progress, choice.MinimumReporting()) : RoundDecision.Wait;

    private static TimeSpan? Cutoff(PolicyChoice choice) => choice.Seconds("straggler_cutoff_time", double.PositiveInfinity);
}
