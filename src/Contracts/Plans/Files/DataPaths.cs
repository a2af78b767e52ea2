namespace Actors.Contracts.Plans;

/// <summary>
/// The file <c>plan/data.yaml</c>: lines <c>name,path</c>, of which the first comma splits, and comments that begin with <c>#</c>.
/// It is no YAML, whatever it is called, and stays on the machine that wrote it.
/// </summary>
/// <param name="Entries">The valid lines in the order of the file, each collaborator once.</param>
/// <param name="Problems">The lines that are not valid.</param>
public sealed record DataPaths(IReadOnlyList<DataPath> Entries, PlanProblems Problems)
{
    /// <summary>Reads the file of a workspace; a missing file has no entries.</summary>
    public static DataPaths Read(string workspace)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        return Parse(PlanFolder.Read(workspace, PlanFolder.Data) ?? "");
    }

    /// <summary>Reads the text of the file.</summary>
    public static DataPaths Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new PlanProblems();
        var entries = new List<DataPath>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim().Trim('\uFEFF')))
        {
            number++;
            if (line.Length > 0 && line[0] != '#')
            {
                ReadLine(line, number, entries, problems);
            }
        }

        return new DataPaths(entries, problems);
    }

    /// <summary>The path of a collaborator's data, upper and lower case of the name being the same; null when there is none.</summary>
    public string? Find(string collaborator) => Entries.FirstOrDefault(entry => IsOf(entry, collaborator))?.Path;

    /// <summary>Adds or replaces a collaborator's line in a workspace, whole or not at all; all other lines stay. The file is made when it is missing.</summary>
    /// <returns>The entries afterwards; unchanged when the file has problems.</returns>
    /// <exception cref="ArgumentException">The name is invalid, or the path is empty or has a line break.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static DataPaths Set(string workspace, string collaborator, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        CollaboratorNames.ThrowIfNot(collaborator);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (path.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("A path has one line; this one has a line break.", nameof(path));
        }

        var text = PlanFolder.Read(workspace, PlanFolder.Data) ?? "";
        var before = Parse(text);
        if (before.Problems.Count > 0)
        {
            return before;
        }

        var edited = With(text, before, $"{collaborator},{path}", collaborator);
        PlanFolder.Write(Path.Combine(workspace, PlanFolder.Data), edited);
        return Parse(edited);
    }

    private static string With(string text, DataPaths before, string line, string collaborator)
    {
        if (before.Entries.FirstOrDefault(entry => IsOf(entry, collaborator)) is not { } entry)
        {
            return text.Length == 0 || text[^1] == '\n' ? $"{text}{line}\n" : $"{text}\n{line}\n";
        }

        var lines = text.Split('\n');
        lines[entry.Line - 1] = lines[entry.Line - 1].EndsWith('\r') ? line + '\r' : line;
        return string.Join('\n', lines);
    }

    private static void ReadLine(string line, int number, List<DataPath> entries, PlanProblems problems)
    {
        var comma = line.IndexOf(',', StringComparison.Ordinal);
        var name = comma < 0 ? line : line[..comma].Trim();
        var path = comma < 0 ? "" : line[(comma + 1)..].Trim();
        if (path.Length == 0)
        {
            problems.Add(new PlanProblem("", number, PlanYaml.Quoted(line), "has no path; write name,path."));
        }
        else if (!CollaboratorNames.IsName(name))
        {
            problems.Add(new PlanProblem("", number, PlanYaml.Quoted(name), $"is not a collaborator's name; {CollaboratorNames.Right}."));
        }
        else if (entries.FirstOrDefault(entry => IsOf(entry, name)) is { } first)
        {
            problems.Add(new PlanProblem("", number, PlanYaml.Quoted(name), $"has a path already, in line {first.Line}; keep one."));
        }
        else
        {
            entries.Add(new DataPath(name, path, number));
        }
    }

    private static bool IsOf(DataPath entry, string collaborator) => entry.Collaborator.Equals(collaborator, StringComparison.OrdinalIgnoreCase);
}
