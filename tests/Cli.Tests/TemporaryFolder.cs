namespace Actors.Cli.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("fx-").FullName;

    public string In(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A folder below, made.</summary>
    public string Folder(string name) => Directory.CreateDirectory(In(name)).FullName;

    /// <summary>A file below, made with its folder; gives its path.</summary>
    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
        return In(path);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
