namespace Actors.Contracts.Plans;

/// <summary>The file <c>plan/cols.yaml</c>: who may take part, as <c>collaborators: [one, two]</c>.</summary>
/// <param name="Names">The valid names in the order of the file, each once; upper and lower case are the same name.</param>
/// <param name="Problems">Names that are invalid or given twice, unknown keys, and broken YAML; a list with problems is not to be used.</param>
public sealed record CollaboratorList(IReadOnlyList<string> Names, PlanProblems Problems)
{
    private const string Key = "collaborators";

    /// <summary>Reads the list of a workspace; a missing file is a problem.</summary>
    public static CollaboratorList Read(string workspace)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        if (PlanFolder.Read(workspace, PlanFolder.Collaborators) is { } yaml)
        {
            return Parse(yaml);
        }

        var problems = new PlanProblems();
        problems.Add(PlanFolder.Collaborators, default, $"cannot be read; write {Key}: [] into it.");
        return new CollaboratorList([], problems);
    }

    /// <summary>Reads the list from its text; no list and an empty list both mean nobody.</summary>
    public static CollaboratorList Parse(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var problems = new PlanProblems();
        var names = new List<string>();
        var root = YamlTree.Parse(yaml, null, "", problems);
        if (root is PlanValue.Map map)
        {
            SettingsSchema.Check(map, [Setting.Anything(Key)], problems);
            ReadNames(map.Find(Key), names, problems);
        }
        else if (root is not (null or PlanValue.Null))
        {
            problems.Add(root, $"is not the list; write {Key}: [one, two].");
        }

        return new CollaboratorList(names, problems);
    }

    /// <summary>Adds a name to a workspace's list, whole or not at all; comments stay. The file is made when it is missing.</summary>
    /// <returns>The list afterwards; unchanged when the name was there already, and when it has problems.</returns>
    /// <exception cref="ArgumentException">The name is invalid.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static CollaboratorList Add(string workspace, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        CollaboratorNames.ThrowIfNot(name);
        var text = PlanFolder.Read(workspace, PlanFolder.Collaborators) ?? "";
        var before = Parse(text);
        if (before.Problems.Count > 0 || before.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return before;
        }

        if (YamlEdit.Append(text, Key, PlanYaml.Scalar(name)) is not { } edited)
        {
            before.Problems.Add(Key, default, $"cannot be added to; write {name} into the list by hand.");
            return before;
        }

        PlanFolder.Write(Path.Combine(workspace, PlanFolder.Collaborators), edited);
        return Parse(edited);
    }

    private static void ReadNames(PlanValue? value, List<string> names, PlanProblems problems)
    {
        if (value is not (null or PlanValue.Items))
        {
            problems.Add(value, "is not a list; write names like [one, two].");
        }

        foreach (var item in (value as PlanValue.Items)?.Values ?? [])
        {
            // A number is a name too: it is unambiguous as text.
            var name = item is PlanValue.Text text ? text.Value : item is PlanValue.Whole ? item.Shown : "";
            if (!CollaboratorNames.IsName(name))
            {
                problems.Add(item, $"is not a collaborator's name; {CollaboratorNames.Right}.");
            }
            else if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(item, "is in the list twice; keep one.");
            }
            else
            {
                names.Add(name);
            }
        }
    }
}
