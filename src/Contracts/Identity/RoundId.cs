using System.Globalization;

namespace Actors.Contracts.Identity;

/// <summary>One round of an experiment, counted from 0. Written <c>federation/experiment/round</c>.</summary>
public readonly record struct RoundId
{
    /// <summary>Makes an id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public RoundId(ExperimentId experiment, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        (Experiment, Number) = (experiment, number);
    }

    /// <summary>The experiment.</summary>
    public ExperimentId Experiment { get; }

    /// <summary>The round's number, from 0.</summary>
    public int Number { get; }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static RoundId Parse(string text) =>
        text?.Split('/') is [var federation, var experiment, var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? new(new ExperimentId(new FederationId(federation), experiment), value)
                : throw new FormatException($"'{text}' is no round id: write 'federation/experiment/round'.");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Experiment}/{Number}");
}
