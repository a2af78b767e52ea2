using System.Globalization;

namespace Actors.Contracts.Faults;

/// <summary>What the environment asks for.</summary>
/// <param name="Point">Where.</param>
/// <param name="Time">At which time it is reached, from 1.</param>
public sealed record ArmedFault(FaultPoint Point, int Time)
{
    /// <summary>Reads <c>Point@Time</c>; null for null or an empty text.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static ArmedFault? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var at = text.Split('@');
        return at.Length == 2
            && Enum.TryParse<FaultPoint>(at[0], out var point) && point.ToString() == at[0] && Enum.IsDefined(point)
            && int.TryParse(at[1], NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time > 0
            ? new(point, time)
            : throw new FormatException(
                $"{FaultPoints.Variable} is '{text}'. Write a point and a time, such as ResultAccepted@3; points are {string.Join(", ", Enum.GetNames<FaultPoint>())}.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Point}@{Time}");
}
