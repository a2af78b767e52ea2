using System.Globalization;

using Actors.Learning;
using Actors.Learning.Workspaces;

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Actors.Learning.Plans.Tests;

/// <summary>A template's plan, read as far as a collaborator needs it.</summary>
internal sealed class PlanFile
{
    private readonly IReadOnlyDictionary<string, object?> _plan;

    /// <param name="template">The template.</param>
    /// <param name="saved">A plan that it ships beside its own; null for its own.</param>
    public PlanFile(string template, string? saved = null)
    {
        Folder = Path.Combine(AppContext.BaseDirectory, "plans", template);
        using var text = File.OpenText(Path.Combine(Folder, "plan", saved is null ? "" : Path.Combine("plans", saved), "plan.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        _plan = Map(Value(yaml.Documents[0].RootNode));
    }

    public string Folder { get; }

    public IReadOnlyList<(string Collaborator, string DataPath)> Data =>
        [.. File.ReadLines(Path.Combine(Folder, "plan", "data.yaml")).Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(',')).Select(parts => (parts[0], parts[1]))];

    public int RoundsToTrain => (int)(long)Map(Section("aggregator")["settings"])["rounds_to_train"]!;

    public IReadOnlyDictionary<string, object?> Tasks => Section("tasks");

    public IReadOnlyDictionary<string, object?> Section(string name) => Map(_plan[name]);

    public static IReadOnlyDictionary<string, object?> Map(object? value) => (IReadOnlyDictionary<string, object?>)value!;

    /// <summary>Makes the loader; its files are the template's, not the working folder's.</summary>
    public DataLoader CreateLoader(string dataPath)
    {
        var section = Section("data_loader");
        var settings = new Dictionary<string, object?>(Map(section["settings"]));
        if (Directory.Exists(Path.Combine(Folder, "data")))
        {
            settings["file"] = Directory.GetFiles(Path.Combine(Folder, "data")).Single();
        }

        return WorkspaceActivator.CreateLoader(Type(section, typeof(DataLoader)), dataPath, settings);
    }

    public TaskRunner CreateRunner(DataLoader loader)
    {
        var section = Section("task_runner");
        return WorkspaceActivator.CreateRunner(Type(section, typeof(TaskRunner)), loader, Map(section["settings"]));
    }

    public static Type Type(IReadOnlyDictionary<string, object?> section, Type kind) =>
        typeof(PlanFile).Assembly.GetTypes().Single(type => type.IsSubclassOf(kind) && type.FullName == (string)section["template"]!);

    private static object? Value(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => Value(entry.Value)),
        YamlSequenceNode list => list.Children.Select(Value).ToList(),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Scalar(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new FormatException(node.ToString()),
    };

    private static object? Scalar(string text) =>
        text is "null" or "" ? null
        : bool.TryParse(text, out var flag) ? flag
        : long.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? whole
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
        : text;
}
