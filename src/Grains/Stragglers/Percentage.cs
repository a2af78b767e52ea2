using Actors.Grains.Experiments;

namespace Actors.Grains.Stragglers;

/// <summary>
/// A round closes as soon as the fraction <c>percent_collaborators_needed</c> of those who have tasks this round is complete,
/// and no fewer than <c>minimum_reporting</c>.
/// </summary>
internal sealed class Percentage : IStragglerPolicy
{
    public string Name => "percentage";

    public bool HasDeadline(PolicyChoice choice) => false;

    public int Needed(PolicyChoice choice, int assigned)
    {
        // A hair is taken off so that 0.7 * 10 asks for 7 and not, by rounding, for 8.
        var fraction = Math.Ceiling((choice.Number("percent_collaborators_needed", 1) * assigned) - 1e-9);
        return Math.Max((int)fraction, choice.MinimumReporting());
    }

    public RoundDecision Decide(PolicyChoice choice, RoundProgress progress) =>
        progress.Complete >= Needed(choice, progress.Assigned) ? RoundDecision.CloseNow : RoundDecision.Wait;
}
