using Actors.Contracts.Plans;

namespace Actors.Experiments.Composition;

/// <summary>Plan values as plain objects, the form in which the workspace's classes take them.</summary>
internal static class PlanValues
{
    /// <summary>The settings by key: null, bool, long, double, string, lists and dictionaries of them.</summary>
    public static IReadOnlyDictionary<string, object?> ToObjects(this PlanSettings settings) => ToObjects(settings.Values);

    private static Dictionary<string, object?> ToObjects(PlanValue.Map map) =>
        map.Entries.ToDictionary(entry => entry.Key, entry => ToObject(entry.Value));

    private static object? ToObject(PlanValue value) => value switch
    {
        PlanValue.Flag flag => flag.Value,
        PlanValue.Whole whole => whole.Value,
        PlanValue.Number number => number.Value,
        PlanValue.Text text => text.Value,
        PlanValue.Items items => items.Values.Select(ToObject).ToList(),
        PlanValue.Map map => ToObjects(map),
        _ => null,
    };
}
