using System.Security.Cryptography;

using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>Processes are killed; the federation ends with the bytes it would have had.</summary>
public sealed class CrashTests
{
    private const int Rounds = 6;

    [Fact]
    public async Task AggregatorAndCollaboratorKilled_StartedAgain_EndWithTheSameModel()
    {
        var undisturbed = await RunAsync(disturb: false);
        var disturbed = await RunAsync(disturb: true);

        Assert.Equal(undisturbed, disturbed);
    }

    private static async Task<string> RunAsync(bool disturb)
    {
        using var nodes = new Nodes();
        await PaperSteps.PrepareAggregatorAsync(nodes, "synthetic", () =>
        {
            nodes.ChangePlan("rounds_to_train: 5", $"rounds_to_train: {Rounds}");
            nodes.ChangePlan("train_seconds: 0", "train_seconds: 1");
        });
        await PaperSteps.AdmitAsync(nodes, "one", "1");
        await PaperSteps.AdmitAsync(nodes, "two", "2");

        var aggregator = Fx.Start(nodes.Aggregator, "aggregator", "start");
        var one = Fx.Start(nodes.Collaborator("one"), "collaborator", "start", "-n", "one");
        using var two = Fx.Start(nodes.Collaborator("two"), "collaborator", "start", "-n", "two");
        try
        {
            if (disturb)
            {
                await UntilRoundsAsync(nodes, 2);
                await aggregator.KillAsync();
                aggregator.Dispose();
                aggregator = Fx.Start(nodes.Aggregator, "aggregator", "start");
                await UntilRoundsAsync(nodes, 4);
                await one.KillAsync();
                one.Dispose();
                one = Fx.Start(nodes.Collaborator("one"), "collaborator", "start", "-n", "one");
            }

            Assert.True(await aggregator.EndAsync() == 0, aggregator.Output);
            Assert.True(await one.EndAsync() == 0, one.Output);
            Assert.True(await two.EndAsync() == 0, two.Output);
            Assert.Equal(Rounds, ClosedRounds(nodes));
            var model = await File.ReadAllBytesAsync(Path.Combine(nodes.Aggregator, "save", "synthetic_last.pbuf"));
            return Convert.ToHexStringLower(SHA256.HashData(model));
        }
        finally
        {
            aggregator.Dispose();
            one.Dispose();
        }
    }

    private static async Task UntilRoundsAsync(Nodes nodes, int rounds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (ClosedRounds(nodes) < rounds)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private static int ClosedRounds(Nodes nodes)
    {
        var log = Path.Combine(nodes.Aggregator, "logs", "metrics.jsonl");
        return File.Exists(log) ? File.ReadAllText(log).Count(c => c == '\n') : 0;
    }
}
