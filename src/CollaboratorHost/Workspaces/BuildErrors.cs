using System.Text.RegularExpressions;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>Finds in a build's output what a person needs to see.</summary>
internal static partial class BuildErrors
{
    private const int LinesOfUnknownOutput = 20;

    /// <summary>The errors, each once, with paths relative to a folder; the end of the output when it names none.</summary>
    public static IReadOnlyList<string> In(string output, string folder)
    {
        string[] errors = [.. output.Split('\n').Select(line => Error().Match(line.Trim())).Where(match => match.Success)
            .Select(match => Describe(match, folder)).Distinct()];
        return errors.Length > 0
            ? errors
            : [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(LinesOfUnknownOutput)];
    }

    private static string Describe(Match match, string folder)
    {
        var file = match.Groups["file"].Value.Trim();
        file = Path.IsPathRooted(file) ? Path.GetRelativePath(folder, file).Replace('\\', '/') : file;
        var line = match.Groups["line"].Success ? $"({match.Groups["line"].Value})" : "";
        var place = file.Length > 0 ? $"{file}{line}: " : "";
        return $"{place}{match.Groups["message"].Value} ({match.Groups["code"].Value})";
    }

    // file(line,column): error CODE: message [project]
    [GeneratedRegex(@"^(?<file>.*?)(\((?<line>\d+)(,\d+)*\))?\s*:?\s*\berror (?<code>[A-Z]+\d+)\s*: (?<message>.*?)(\s\[[^\[\]]+\])?$")]
    private static partial Regex Error();
}
