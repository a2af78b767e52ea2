using Actors.Contracts.Plans;

namespace Actors.Contracts.Federations;

/// <summary>Reads a small YAML file of settings.</summary>
internal static class SettingsFile
{
    /// <summary>The settings of a text, and what is wrong with them; an empty text gives none.</summary>
    public static (PlanSettings Settings, PlanProblems Problems) Parse(string yaml, IReadOnlyList<Setting> schema)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var problems = new PlanProblems();
        var root = YamlTree.Parse(yaml, null, "", problems);
        if (root is not (null or PlanValue.Null or PlanValue.Map))
        {
            problems.Add(root, "is no settings; write a key: value on each line.");
        }

        var map = root as PlanValue.Map ?? new PlanValue.Map([], "", default);
        if (problems.Count == 0)
        {
            SettingsSchema.Check(map, schema, problems);
        }

        return (new(map, schema), problems);
    }
}
