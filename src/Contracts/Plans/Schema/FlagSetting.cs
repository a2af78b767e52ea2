namespace Actors.Contracts.Plans;

internal sealed class FlagSetting : Setting
{
    public FlagSetting(string key, bool? value)
        : base(key) => Default = value is { } flag ? new PlanValue.Flag(flag, key, default) : null;

    public override string Right => "true or false";

    private protected override string? Fault(PlanValue value) => value is PlanValue.Flag ? null : "is neither true nor false";
}
