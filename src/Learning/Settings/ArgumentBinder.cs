namespace Actors.Learning.Settings;

/// <summary>Turns a plan's settings into typed values: names are matched in either spelling, values are converted or refused.</summary>
public static class ArgumentBinder
{
    /// <summary>Binds the settings of one section.</summary>
    /// <param name="known">The settings that the code takes.</param>
    /// <param name="settings">
    /// What the plan gives: null, bool, long, double, string, lists (<see cref="IReadOnlyList{T}"/> of object) and maps
    /// (<see cref="IReadOnlyDictionary{TKey, TValue}"/> of string and object).
    /// </param>
    /// <param name="path">The section's path in the plan, for messages, such as <c>task_runner.settings</c>.</param>
    /// <param name="ignored">Names that the host takes for itself.</param>
    /// <returns>The values that were given, by <see cref="SettingSpec.Name"/>. What was not given is not in it.</returns>
    /// <exception cref="SettingsException">
    /// A name is unknown or given twice, a required one is missing, or a value has the wrong type.
    /// </exception>
    public static IReadOnlyDictionary<string, object?> Bind(
        IReadOnlyList<SettingSpec> known,
        IReadOnlyDictionary<string, object?> settings,
        string path,
        params IReadOnlyList<string> ignored)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(ignored);
        var problems = new List<string>();
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            var spec = known.FirstOrDefault(candidate => SettingName.AreSame(candidate.Name, name));
            if (spec is null)
            {
                if (!ignored.Contains(name, StringComparer.Ordinal))
                {
                    problems.Add($"{path}.{name}: no such setting; {Known(name, known)}.");
                }
            }
            else if (values.ContainsKey(spec.Name))
            {
                problems.Add($"{path}.{name}: given twice; keep one spelling, {spec.Name}.");
            }
            else if (SettingValue.TryConvert(value, spec.Type, out var converted))
            {
                values.Add(spec.Name, converted);
            }
            else
            {
                values.Add(spec.Name, null);
                problems.Add($"{path}.{name}: expected {SettingValue.Describe(spec.Type)}, found {SettingValue.Show(value)}.");
            }
        }

        problems.AddRange(known
            .Where(spec => spec.IsRequired && !values.ContainsKey(spec.Name))
            .Select(spec => $"{path}.{spec.Name}: missing; give {SettingValue.Describe(spec.Type)}."));
        return problems.Count == 0 ? values : throw new SettingsException(problems);
    }

    private static string Known(string name, IReadOnlyList<SettingSpec> known) =>
        SettingName.Nearest(name, known.Select(spec => spec.Name)) is { } nearest ? $"the nearest is {nearest}"
        : known.Count == 0 ? "there are none"
        : $"known are {string.Join(", ", known.Select(spec => spec.Name))}";
}
