namespace Actors.Contracts.Plans;

internal sealed class MapSetting(string key, IReadOnlyList<Setting> fields) : Setting(key)
{
    /// <summary>The schema of the map; empty when its keys are free.</summary>
    public IReadOnlyList<Setting> Fields => fields;

    public override string Right => fields.Count == 0 ? "keys with values" : $"{Key}: {{{string.Join(", ", fields.Select(setting => setting.Key))}}}";

    public override void Check(PlanValue value, PlanProblems problems)
    {
        base.Check(value, problems);
        if (value is PlanValue.Map map && fields.Count > 0)
        {
            SettingsSchema.Check(map, fields, problems);
        }
    }

    private protected override string? Fault(PlanValue value) => value is PlanValue.Map ? null : "is not a map";
}
