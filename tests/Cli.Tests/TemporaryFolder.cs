namespace Actors.Cli.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("fx-").FullName;

    public string In(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A folder below, made.</summary>
    public string Folder(string name) => Directory.CreateDirectory(In(name)).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
