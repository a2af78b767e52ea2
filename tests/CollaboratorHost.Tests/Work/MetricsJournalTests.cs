using System.Text.Json;

using Actors.Contracts.Metrics;

namespace Actors.CollaboratorHost.Work.Tests;

public sealed class MetricsJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-journal-").FullName;

    private string Lines => Path.Combine(_folder, "one.metrics.jsonl");

    private string Events => Path.Combine(_folder, "tensorboard", "one", "events.out.tfevents.one");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Note_WritesALineAndAnEventForEveryTask()
    {
        var journal = new MetricsJournal(Lines, Events, TimeProvider.System);
        journal.Note(0, "train", TimeSpan.FromSeconds(1.5), 700, [new("loss", 0.25)]);
        journal.Note(4, "validate", TimeSpan.FromSeconds(1), 70, [new("accuracy", 0.5), new("loss", 1)]);

        var last = JsonDocument.Parse(File.ReadLines(Lines).Last()).RootElement;
        Assert.Equal((4, "validate", 1.0, 70), (
            last.GetProperty("round").GetInt32(), last.GetProperty("task").GetString(), last.GetProperty("seconds").GetDouble(),
            last.GetProperty("samples").GetInt64()));
        Assert.Equal(0.5, last.GetProperty("metrics").GetProperty("accuracy").GetDouble());
        Assert.Equal(4, new TensorBoardFile(Events).LastStep);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Note_OfAMetricThatIsNotFinite_WritesNull(double value)
    {
        new MetricsJournal(Lines, Events, TimeProvider.System).Note(0, "train", TimeSpan.Zero, 1, [new("loss", value), new("accuracy", 0.5)]);

        var metrics = JsonDocument.Parse(File.ReadLines(Lines).Single()).RootElement.GetProperty("metrics");
        Assert.Equal(JsonValueKind.Null, metrics.GetProperty("loss").ValueKind);
        Assert.Equal(0.5, metrics.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void Note_OfWhoWantsNoFiles_WritesNone()
    {
        new MetricsJournal(null, null, TimeProvider.System).Note(0, "train", TimeSpan.Zero, 1, []);

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }
}
