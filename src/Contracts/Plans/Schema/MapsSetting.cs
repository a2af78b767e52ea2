namespace Actors.Contracts.Plans;

internal sealed class MapsSetting(string key, IReadOnlyList<Setting> fields) : Setting(key)
{
    /// <summary>The schema of every map of the list.</summary>
    public IReadOnlyList<Setting> Fields => fields;

    public override string Right => $"a list of maps with {string.Join(", ", fields.Select(setting => setting.Key))}";

    public override void Check(PlanValue value, PlanProblems problems)
    {
        base.Check(value, problems);
        foreach (var item in (value as PlanValue.Items)?.Values ?? [])
        {
            if (item is PlanValue.Map map)
            {
                SettingsSchema.Check(map, fields, problems);
            }
            else
            {
                problems.Add(item, $"is not a map; write {string.Join(", ", fields.Select(setting => setting.Key))}.");
            }
        }
    }

    private protected override string? Fault(PlanValue value) => value switch
    {
        PlanValue.Items { Values.Count: > 0 } => null,
        PlanValue.Items => "is empty",
        _ => "is not a list",
    };
}
