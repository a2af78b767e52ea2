using System.Globalization;

using Actors.Contracts.Identity;

namespace Actors.Grains.Aggregation;

/// <summary>A person should look at a collaborator's update: its change is far too long or points against the others'.</summary>
/// <param name="Collaborator">Whose update it is.</param>
/// <param name="Norm">The length of its change.</param>
/// <param name="TypicalNorm">How long a change of this round is.</param>
/// <param name="Cosine">How it points, compared with the others, from -1 to 1; null where there is nothing to compare.</param>
/// <param name="IsLeftOut">Whether it had no part in the result.</param>
[GenerateSerializer, Immutable, Alias("update-alarm")]
public sealed record UpdateAlarm(
    [property: Id(0)] CollaboratorName Collaborator,
    [property: Id(1)] double Norm,
    [property: Id(2)] double TypicalNorm,
    [property: Id(3)] double? Cosine,
    [property: Id(4)] bool IsLeftOut)
{
    /// <summary>From which cosine down an update points against the others. Two honest changes in many dimensions are rarely under 0 by much.</summary>
    public const double OpposedCosine = -0.25;

    /// <summary>The alarm as a sentence.</summary>
    public override string ToString()
    {
        var direction = Cosine is { } cosine ? string.Create(CultureInfo.InvariantCulture, $", at a cosine of {cosine:F2} to the others'") : "";
        var text = string.Create(CultureInfo.InvariantCulture, $"the change of {Collaborator} is {Norm:G3} long{direction}; {TypicalNorm:G3} is typical");
        return IsLeftOut ? $"{text}. It was left out." : $"{text}.";
    }

    /// <summary>The alarms of a round, in the order of the updates.</summary>
    /// <param name="collaborators">Whose updates they are.</param>
    /// <param name="measures">What was seen of them.</param>
    /// <param name="multiplier">How many typical norms a change may be long without alarm.</param>
    internal static IReadOnlyList<UpdateAlarm> Find(
        IReadOnlyList<CollaboratorName> collaborators, IReadOnlyList<UpdateMeasure> measures, double multiplier) =>
        [.. collaborators.Zip(measures)
            .Where(pair => pair.Second.Cosine < OpposedCosine || IsLong(pair.Second, multiplier))
            .Select(pair => Of(pair.First, pair.Second))];

    private static bool IsLong(UpdateMeasure measure, double multiplier) => measure.Norm > 0 && measure.Norm / multiplier > measure.TypicalNorm;

    private static UpdateAlarm Of(CollaboratorName collaborator, UpdateMeasure measure) => new(
        collaborator, measure.Norm, measure.TypicalNorm, double.IsNaN(measure.Cosine) ? null : measure.Cosine, measure.Counted == 0);
}
