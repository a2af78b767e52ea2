using System.Globalization;

namespace Actors.Contracts.Plans;

internal sealed class NumberSetting : Setting
{
    private readonly double _minimum;
    private readonly double _maximum;

    public NumberSetting(string key, double minimum, double maximum, double? value)
        : base(key)
    {
        (_minimum, _maximum) = (minimum, maximum);
        Default = value is { } number ? new PlanValue.Number(number, key, default) : null;
    }

    /// <summary>What the number is called in messages.</summary>
    public string Noun { get; init; } = "a number";

    public override string Right => (_minimum, _maximum) switch
    {
        (double.NegativeInfinity, double.PositiveInfinity) => Noun,
        (_, double.PositiveInfinity) => $"{Noun} of at least {Print(_minimum)}",
        _ => $"{Noun} from {Print(_minimum)} to {Print(_maximum)}",
    };

    private protected override string? Fault(PlanValue value)
    {
        double number;
        switch (value)
        {
            case PlanValue.Whole whole:
                number = whole.Value;
                break;
            case PlanValue.Number given:
                number = given.Value;
                break;
            default:
                return "is not a number";
        }

        return number < _minimum ? $"is under {Print(_minimum)}"
            : number > _maximum ? $"is over {Print(_maximum)}"
            : null;
    }

    private static string Print(double value) => value.ToString(CultureInfo.InvariantCulture);
}
