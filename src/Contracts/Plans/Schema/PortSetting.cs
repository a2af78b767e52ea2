namespace Actors.Contracts.Plans;

internal sealed class PortSetting : Setting
{
    private const int Highest = 65535;

    public PortSetting(string key)
        : base(key) => Default = new PlanValue.Text(PlanKeys.Auto, key, default);

    public override string Right => $"a port from 1 to {Highest}, or auto";

    private protected override string? Fault(PlanValue value) => value switch
    {
        PlanValue.Text { Value: PlanKeys.Auto } => null,
        PlanValue.Whole { Value: < 1 } => "is under 1",
        PlanValue.Whole { Value: > Highest } => $"is over {Highest}",
        PlanValue.Whole => null,
        _ => "is not a port",
    };
}
