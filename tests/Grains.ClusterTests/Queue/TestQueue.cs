using Actors.Contracts.Identity;
using Actors.Grains.Hosting;
using Actors.Grains.Running.Tests;

namespace Actors.Grains.Queue.Tests;

/// <summary>A long-lived federation of its own in a shared silo, whose hosts are here.</summary>
internal sealed class TestQueue : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly ClusterFixture _fixture;
    private readonly IReadOnlyList<CollaboratorName> _members;
    private readonly int _parallel;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _attending;

    private TestQueue(ClusterFixture fixture, FederationId federation, int parallel, IReadOnlyList<CollaboratorName> members)
    {
        (_fixture, Federation, _parallel, _members) = (fixture, federation, parallel, members);
        _attending = AttendAsync();
    }

    public FederationId Federation { get; }

    public IQueueGrain Grain => _fixture.Cluster.Client.GetQueue(Federation);

    /// <summary>Opens it.</summary>
    /// <param name="fixture">The silo.</param>
    /// <param name="parallel">How many experiments each host takes part in side by side.</param>
    /// <param name="members">Whose hosts there are.</param>
    public static async Task<TestQueue> OpenAsync(ClusterFixture fixture, int parallel, params CollaboratorName[] members)
    {
        var federation = new FederationId($"f{Guid.NewGuid():N}");
        await fixture.Cluster.Client.GetFederation(federation).SetMembersAsync(members, CancellationToken.None);
        return new(fixture, federation, parallel, members);
    }

    public async Task SubmitAsync(string name) => Assert.Equal(SubmitOutcome.Queued, await TrySubmitAsync(name));

    public Task<SubmitOutcome> TrySubmitAsync(string name) =>
        Grain.SubmitAsync(new(name, $"digest of {name}", 1, "alice", "alice", [], null), CancellationToken.None).WaitAsync(Soon);

    public async Task AnswerAsync(string name, params (CollaboratorName Collaborator, AnswerKind Kind)[] answers)
    {
        foreach (var (collaborator, kind) in answers)
        {
            await AnswerAsync(name, new HostAnswer(collaborator, kind, ""));
        }
    }

    public async Task AnswerAsync(string name, HostAnswer answer) =>
        Assert.True(await Grain.AnswerAsync(name, $"digest of {name}", answer, CancellationToken.None).WaitAsync(Soon));

    public TestFederation Those(QueuedExperiment experiment, params string[] participants) =>
        new(_fixture, experiment.IdIn(Federation), participants);

    public async Task RunAsync(QueuedExperiment experiment, params string[] participants)
    {
        var those = Those(experiment, participants);
        await those.RoundOpensAsync(0);
        foreach (var name in participants)
        {
            await those.RunTasksAsync(name, 0, TestModel.With(0.3f, 4));
        }
    }

    public async Task<QueuedExperiment> UntilAsync(string name, QueuePhase phase)
    {
        using var bound = new CancellationTokenSource(Soon);
        while (true)
        {
            var experiment = (await Grain.GetReportAsync().WaitAsync(Soon)).Find(name)!;
            if (experiment.Phase == phase)
            {
                return experiment;
            }

            Assert.False(bound.IsCancellationRequested, $"The experiment stays at {experiment}.");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _attending;
        _over.Dispose();
    }

    private async Task AttendAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            foreach (var name in _members)
            {
                await Grain.AttendAsync(name, new(_parallel, "", "1"));
            }

            await Task.Delay(50, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
