using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Identity;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Composition;

/// <summary>The workspace templates that come with <c>fx</c>: the folders under <c>plans/</c> beside the program.</summary>
internal static class Templates
{
    private static string Home => Path.Combine(AppContext.BaseDirectory, "plans");

    /// <summary>The templates' names, in order.</summary>
    public static IReadOnlyList<string> Names => Directory.Exists(Home)
        ? [.. Directory.EnumerateDirectories(Home).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>What a template is: the first sentence of its README; empty when it has none.</summary>
    public static string DescriptionOf(string name)
    {
        var readme = Path.Combine(Home, name, "README.md");
        var paragraph = string.Join(' ', File.Exists(readme)
            ? File.ReadLines(readme).SkipWhile(line => line.Length == 0 || line.StartsWith('#')).TakeWhile(line => line.Length > 0)
            : []);
        var end = paragraph.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? paragraph : paragraph[..(end + 1)];
    }

    /// <summary>Makes a workspace of a template.</summary>
    /// <exception cref="CommandException">There is no such template, the folder's name is no workspace's, or the folder holds something.</exception>
    public static WorkspaceLayout Create(string name, string folder)
    {
        if (!Names.Contains(name))
        {
            throw new CommandException($"There is no template '{name}'; choose one of {string.Join(", ", Names)}.");
        }

        var layout = new WorkspaceLayout(folder);
        if (!IdentifierRule.Allows(layout.Name))
        {
            throw new CommandException(
                $"The folder '{layout.Name}' is no name for a workspace: use 1 to {IdentifierRule.MaximumLength} letters, digits, '-', '_' or '.', "
                + $"not starting with a dot: fx workspace create --prefix PATH --template {name}");
        }

        if (Directory.Exists(layout.Root) && Directory.EnumerateFileSystemEntries(layout.Root).Any())
        {
            throw new CommandException($"{layout.Root} is not empty. Choose a new folder: fx workspace create --prefix PATH --template {name}");
        }

        Copy(Path.Combine(Home, name), layout.Root);
        foreach (var made in new[] { layout.CertificateFolder, layout.DataFolder, layout.LogFolder, layout.SaveFolder })
        {
            Directory.CreateDirectory(made);
        }

        // A template's data belongs to everybody; a user's own stays where it is.
        var ships = Directory.Exists(Path.Combine(Home, name, "data"));
        File.WriteAllText(layout.MarkerFile, $"current_plan_name: default\ntemplate: {name}\nship_data: {(ships ? "true" : "false")}\n");
        WorkspaceProps.Write(layout, AppContext.BaseDirectory);
        return layout;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
