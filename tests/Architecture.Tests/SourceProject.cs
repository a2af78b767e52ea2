using System.Text.Json;
using System.Xml.Linq;

namespace Actors.Architecture.Tests;

/// <summary>A project under <c>src/</c>, as its file and its restored packages describe it.</summary>
/// <param name="Name">The folder's name, such as <c>Grains</c>.</param>
/// <param name="File">The project file.</param>
internal sealed record SourceProject(string Name, string File)
{
    private static readonly string Repository = FindRepository();

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, SourceProject> All { get; } = Directory
        .EnumerateFiles(Path.Combine(Repository, "src"), "*.csproj", SearchOption.AllDirectories)
        .Select(file => new SourceProject(Path.GetFileName(Path.GetDirectoryName(file)!), file))
        .ToDictionary(project => project.Name);

    /// <summary>The projects its file refers to, by name; in order.</summary>
    public IReadOnlyList<string> References => [.. XDocument.Load(File).Descendants("ProjectReference")
        .Select(reference => Path.GetFileName(Path.GetDirectoryName(reference.Attribute("Include")!.Value.Replace('\\', '/'))!))
        .Order(StringComparer.Ordinal)];

    /// <summary>The packages it is restored with, its own and those that came along.</summary>
    public IReadOnlyList<string> Packages
    {
        get
        {
            using var assets = JsonDocument.Parse(System.IO.File.ReadAllText(
                Path.Combine(Repository, "artifacts", "obj", Path.GetFileNameWithoutExtension(File), "project.assets.json")));
            return [.. assets.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").ValueEquals("package"))
                .Select(library => library.Name.Split('/')[0])];
        }
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "Actors.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder;
    }
}
