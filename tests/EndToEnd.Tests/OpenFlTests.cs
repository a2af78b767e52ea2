using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>Collaborators of the original's kind beside our own hosts, in one federation with one model.</summary>
public sealed class OpenFlTests : IDisposable
{
    private const int Rounds = 6;

    private readonly Nodes _nodes = new();

    public void Dispose() => _nodes.Dispose();

    [Fact]
    public async Task MixedFederation_SiloKilledOnce_EndsWithTheMeanOfAllUpdates()
    {
        Assert.SkipUnless(await PythonCollaborator.IsInstalledAsync(), PythonCollaborator.Missing);
        await PaperSteps.PrepareAggregatorAsync(_nodes, "synthetic", () =>
        {
            _nodes.ChangePlan("rounds_to_train: 5", $"rounds_to_train: {Rounds}");
            _nodes.ChangePlan("train_seconds: 0", "train_seconds: 1");
        });
        foreach (var (name, index) in new[] { ("four", "4"), ("one", "1"), ("three", "3"), ("two", "2") })
        {
            await PaperSteps.AdmitAsync(_nodes, name, index);
        }

        var stubs = await PythonCollaborator.MakeStubsAsync(_nodes.Machine("stubs"));
        var records = _nodes.Machine("records");
        var aggregator = Fx.Start(_nodes.Aggregator, "aggregator", "start");
        using var one = Fx.Start(_nodes.Collaborator("one"), "collaborator", "start", "-n", "one");
        using var two = Fx.Start(_nodes.Collaborator("two"), "collaborator", "start", "-n", "two");
        using var three = StartPython(stubs, "three", 3, records);
        using var four = StartPython(stubs, "four", 4, records, "--deltas");
        try
        {
            await UntilRoundsAsync(2);
            await aggregator.KillAsync();
            aggregator.Dispose();
            aggregator = Fx.Start(_nodes.Aggregator, "aggregator", "start");
            foreach (var (name, node) in new[] { ("the aggregator", aggregator), ("one", one), ("two", two), ("three", three), ("four", four) })
            {
                Assert.True(await node.EndAsync() == 0, $"{name} failed:\n{node.Output}\n{aggregator.Output}");
            }
        }
        finally
        {
            aggregator.Dispose();
        }

        using var expected = PythonCollaborator.Start(
            stubs,
            "expected.py",
            ["--initial", Model("init"), "--last", Model("last"), "--rounds", $"{Rounds}", "--records", records, "--collaborators", "one=1,two=2,three=3,four=4"]);
        Assert.True(await expected.EndAsync() == 0, expected.Output);
    }

    private string Model(string name) => Path.Combine(_nodes.Aggregator, "save", $"synthetic_{name}.pbuf");

    private ProgramProcess StartPython(string stubs, string name, int index, string records, params string[] more) =>
        PythonCollaborator.StartIn(_nodes.Collaborator(name), stubs, name, index, Model("init"), records, ["--train-seconds", "0.5", .. more]);

    private async Task UntilRoundsAsync(int rounds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var log = Path.Combine(_nodes.Aggregator, "logs", "metrics.jsonl");
        while (!File.Exists(log) || File.ReadAllText(log).Count(c => c == '\n') < rounds)
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
