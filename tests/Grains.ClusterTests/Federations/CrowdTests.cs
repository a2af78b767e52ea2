using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Federations.Tests;

/// <summary>Looks for deadlocks: a call cycle shows as a timeout.</summary>
[Collection(ClusterCollection.Name)]
public sealed class CrowdTests(ClusterFixture fixture)
{
    private const int Rounds = 20;

    [Fact]
    public async Task ThirtyCollaborators_AsFastAsTheyCan_FinishTwentyRounds()
    {
        string[] names = [.. Enumerable.Range(0, 30).Select(number => $"c{number:D2}")];
        var federation = new TestFederation(fixture, names) { Plan = TestFederation.PlanOf(Rounds) };
        await federation.StartAsync();

        // One after the other as they end, so that one who fails is heard at once and not hidden by those who wait for it.
        await foreach (var work in Task.WhenEach(names.Select(name => Task.Run(() => WorkAsync(federation, name)))))
        {
            await work.WaitAsync(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(Lifecycle.Finished, (await federation.EndAsync()).Lifecycle);
        var updates = names.Select(name => (UpdateOf(name, Rounds - 1), (long)name[2]));
        Assert.Equal(TestModel.Average([.. updates]), await federation.ModelAsync());
    }

    [Fact]
    public async Task StartedAgainAndAgainWhileItRuns_GoesOn()
    {
        var federation = new TestFederation(fixture, "c01") { Plan = TestFederation.PlanOf(5) };
        await federation.StartAsync();

        var work = Task.Run(() => WorkAsync(federation, "c01"));
        while (!work.IsCompleted)
        {
            await federation.RunAsync();
            await Task.Delay(5);
        }

        await work;
        Assert.Equal(Lifecycle.Finished, (await federation.EndAsync()).Lifecycle);
    }

    private static async Task WorkAsync(TestFederation federation, string name)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!bound.IsCancellationRequested)
        {
            var work = await federation.GetWorkAsync(name);
            switch (work.Kind)
            {
                case WorkKind.Work:
                    await federation.RunTasksAsync(name, work.Round, UpdateOf(name, work.Round), name[2]);
                    break;
                case WorkKind.Wait:
                    await Task.Delay(2, bound.Token);
                    break;
                default:
                    return;
            }
        }
    }

    private static byte[] UpdateOf(string name, int round) => TestModel.With(0.01f * name[1] * name[2] * (round + 1), round);
}
