using System.Collections.Concurrent;

using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Queue;
using Actors.Grains.Tensors;

namespace Actors.Grains.Running.Tests;

/// <summary>Submitted experiments of one round; one called <c>broken</c> has files that cannot be used, one called <c>away</c> has its files on a disk that is away.</summary>
internal sealed class TestSource(ITensorStore store) : IExperimentSource
{
    private readonly ConcurrentDictionary<ExperimentId, bool> _removed = new();

    public bool IsRemoved(ExperimentId experiment) => _removed.ContainsKey(experiment);

    public Task<ExperimentDefinition> PrepareAsync(ExperimentId id, Submission submission, CancellationToken cancellationToken) =>
        submission.Name switch
        {
            "broken" => throw new FederationException("The archive is damaged."),
            "away" => throw new IOException("The disk is away."),
            _ => Task.FromResult(new ExperimentDefinition(TestFederation.PlanOf(rounds: 1), "plan", "{}", "code", TestFederation.PutInitial(store, id))),
        };

    public Task RemoveAsync(ExperimentId id, Submission submission, CancellationToken cancellationToken)
    {
        _removed[id] = true;
        return Task.CompletedTask;
    }
}
