using Actors.Contracts.Identity;

namespace Actors.Silo.Gateway;

/// <summary>The one experiment of an aggregator.</summary>
internal sealed class OnlyExperiment(AggregatorOptions options) : IServedExperiments
{
    private readonly ServedExperiment _experiment = new(options.Experiment, options.Definition);

    /// <inheritdoc/>
    public string Described => $"this aggregator runs '{_experiment.Id}'";

    /// <inheritdoc/>
    public ValueTask<ServedExperiment?> FindAsync(string id, CollaboratorName caller) =>
        ValueTask.FromResult(id.Length == 0 || ExperimentId.Parse(id) == _experiment.Id ? _experiment : null);
}
