namespace Actors.Contracts.Plans;

/// <summary>Checks a map against a list of settings: unknown keys, missing ones, and each value.</summary>
internal static class SettingsSchema
{
    public static void Check(PlanValue.Map map, IReadOnlyList<Setting> schema, PlanProblems problems)
    {
        foreach (var entry in map.Entries.Where(entry => schema.All(setting => setting.Key != entry.Key)))
        {
            var known = Nearest.Sentence(entry.Key, [.. schema.Select(setting => setting.Key)]);
            problems.Add(entry.Value.Path, entry.Place, $"is not a known key; {known}");
        }

        foreach (var setting in schema)
        {
            if (map.Find(setting.Key) is { } value)
            {
                setting.Check(value, problems);
            }
            else if (setting.IsRequired)
            {
                var place = map.FindEntry(setting.Key)?.Place ?? map.Place;
                problems.Add(map.PathOf(setting.Key), place, $"is missing; write {setting.Right}.");
            }
        }
    }
}
