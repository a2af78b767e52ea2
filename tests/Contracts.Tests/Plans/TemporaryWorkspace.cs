namespace Actors.Contracts.Plans.Tests;

/// <summary>A workspace folder that is gone after the test.</summary>
internal sealed class TemporaryWorkspace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("plans-").FullName;

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
