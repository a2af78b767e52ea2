namespace Actors.Contracts.Plans;

internal sealed class WholeSetting : Setting
{
    private readonly long _minimum;
    private readonly long _maximum;

    public WholeSetting(string key, long minimum, long maximum, long? value)
        : base(key)
    {
        (_minimum, _maximum) = (minimum, maximum);
        Default = value is { } whole ? new PlanValue.Whole(whole, key, default) : null;
    }

    public override string Right => (_minimum, _maximum) switch
    {
        (long.MinValue, long.MaxValue) => "a whole number",
        (_, long.MaxValue) => $"a whole number of at least {_minimum}",
        _ => $"a whole number from {_minimum} to {_maximum}",
    };

    private protected override string? Fault(PlanValue value) => value switch
    {
        PlanValue.Whole { Value: var whole } when whole < _minimum => $"is under {_minimum}",
        PlanValue.Whole { Value: var whole } when whole > _maximum => $"is over {_maximum}",
        PlanValue.Whole => null,
        _ => "is not a whole number",
    };
}
