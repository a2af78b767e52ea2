using Actors.Cli.Tests;
using Actors.Contracts.Identity;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Composition.Tests;

public sealed class MetricsFileTests : IDisposable
{
    private static readonly ExperimentId First = new(new FederationId("federation"), "first");
    private static readonly ExperimentId Second = new(new FederationId("federation"), "second");

    private readonly TemporaryFolder _folder = new();
    private readonly MetricsFile _file;

    public MetricsFileTests() => _file = new MetricsFile(new WorkspaceLayout(_folder.Root));

    [Fact]
    public void Begin_OfTheSameExperiment_KeepsItsRounds()
    {
        _file.Begin(First);
        _folder.Write("logs/metrics.jsonl", "a round\n");

        _file.Begin(First);

        Assert.Equal("a round\n", File.ReadAllText(_file.Path));
    }

    [Fact]
    public void Begin_OfAnotherExperiment_SetsTheRoundsAside()
    {
        _file.Begin(First);
        _folder.Write("logs/metrics.jsonl", "of the first\n");
        _file.Begin(Second);
        _folder.Write("logs/metrics.jsonl", "of the second\n");

        _file.Begin(First);

        Assert.False(File.Exists(_file.Path));
        Assert.Equal("of the first\n", File.ReadAllText(_folder.In("logs", "metrics.1.jsonl")));
        Assert.Equal("of the second\n", File.ReadAllText(_folder.In("logs", "metrics.2.jsonl")));
    }

    [Fact]
    public void Begin_AfterForget_BeginsTheSameExperimentAnew()
    {
        _file.Begin(First);
        _folder.Write("logs/metrics.jsonl", "a round\n");

        _file.Forget();
        _file.Begin(First);

        Assert.False(File.Exists(_file.Path));
    }

    public void Dispose() => _folder.Dispose();
}
