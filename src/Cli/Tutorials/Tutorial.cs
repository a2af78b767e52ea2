namespace Actors.Cli.Tutorials;

/// <summary>A tutorial that comes with <c>fx</c>: a file under <c>tutorials/</c> beside the program.</summary>
/// <param name="Name">The file's name without its ending, such as <c>01_first_federation</c>.</param>
/// <param name="Title">What it shows: its first comment.</param>
/// <param name="Source">The program.</param>
internal sealed record Tutorial(string Name, string Title, string Source)
{
    private const string Comment = "// ";

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Tutorial> All { get; } = Read(Path.Combine(AppContext.BaseDirectory, "tutorials"));

    /// <summary>The one with a name or a number.</summary>
    /// <param name="name">The whole name, or what it begins with: <c>01</c>, <c>1</c>.</param>
    /// <exception cref="CommandException">There is none; the message lists those there are.</exception>
    public static Tutorial Named(string name) =>
        All.FirstOrDefault(tutorial => tutorial.Name == name || tutorial.Name.Split('_')[0].TrimStart('0') == name.TrimStart('0'))
        ?? throw new CommandException($"There is no tutorial '{name}'; choose one of {string.Join(", ", All.Select(tutorial => tutorial.Name))}.");

    private static IReadOnlyList<Tutorial> Read(string folder) => Directory.Exists(folder)
        ?
        [
            .. Directory.EnumerateFiles(folder, "*.cs").Order(StringComparer.Ordinal)
                .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Source: File.ReadAllText(file)))
                .Select(file => new Tutorial(file.Name, TitleOf(file.Source), file.Source)),
        ]
        : [];

    private static string TitleOf(string source) =>
        source.Split('\n').FirstOrDefault(line => line.StartsWith(Comment, StringComparison.Ordinal))?[Comment.Length..].TrimEnd() ?? "";
}
