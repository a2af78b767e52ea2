using Actors.Cli.Tests;
namespace Actors.Cli.Composition.Tests;

public class RoundLineTests
{
    private const string Line = """{"round":0,"seconds":1.5,"collaborators":2,"assigned":2,"metrics":{"train":{"loss":0.25}}}""";

    [Fact]
    public void ReadAll_WithoutAFile_IsEmpty() => Assert.Empty(RoundLine.ReadAll(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.jsonl")));

    [Fact]
    public void ReadAll_ReadsEveryWholeLine_AndLeavesTheTornOne()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("metrics.jsonl", $"{Line}\n{Line.Replace("\"round\":0", "\"round\":1", StringComparison.Ordinal)}\n{Line[..20]}");

        var rounds = RoundLine.ReadAll(path);

        Assert.Equal([0, 1], rounds.Select(round => round.Round));
        Assert.Equal(1.5, rounds[0].Seconds);
        Assert.Equal(0.25, rounds[0].Metrics["train"]["loss"]);
    }
}
