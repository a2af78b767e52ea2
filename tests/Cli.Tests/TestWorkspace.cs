namespace Actors.Cli.Tests;

/// <summary>A workspace of the smallest template, not built.</summary>
internal sealed class TestWorkspace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.In("federation");

    public TestTerminal Terminal => new(Root);

    public static async Task<TestWorkspace> CreateAsync(string template = "synthetic")
    {
        var workspace = new TestWorkspace();
        await new TestTerminal(workspace._folder.Root).MustAsync("workspace", "create", "--prefix", "federation", "--template", template);
        return workspace;
    }

    public string In(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Read(params string[] parts) => File.ReadAllText(In(parts));

    public void Dispose() => _folder.Dispose();
}
