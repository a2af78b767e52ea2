using Actors.Grains.Hosting;

using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>Brings the experiment to life when the process starts: a new one begins, a running one goes on where it was.</summary>
internal sealed class ExperimentStart(IGrainFactory grains, AggregatorOptions options) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var federation = grains.GetFederation(options.Experiment.Federation);
        await federation.SetMembersAsync(options.Members, cancellationToken);
        await federation.RunAsync(options.Experiment.Name, options.Definition, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
