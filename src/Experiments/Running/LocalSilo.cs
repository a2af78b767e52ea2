using System.Net;

using Actors.Contracts.Federations;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Experiments.Federations;
using Actors.Silo.Federations;
using Actors.Silo.Hosting;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Experiments.Running;

/// <summary>The aggregator of a long-lived federation in this process; its folder is the node of all who take part.</summary>
internal sealed class LocalSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalSilo(WebApplication app) => _app = app;

    /// <summary>Makes the folder's certificates, starts, and writes where it is reached into the folder.</summary>
    /// <param name="folder">An empty folder that only this user may read.</param>
    /// <param name="members">Who may take part.</param>
    /// <param name="parallel">How many experiments run side by side.</param>
    /// <param name="logs">Makes the loggers.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<LocalSilo> StartAsync(
        string folder, IReadOnlyList<string> members, int parallel, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        using (var authority = new LocalAuthority(folder, TimeProvider.System))
        {
            authority.Aggregator();
            authority.Operator("operator");
            foreach (var name in members)
            {
                authority.Collaborator(name);
            }
        }

        // The port is whichever is free.
        var node = FederationNode.Of(folder, new(LocalAuthority.Host, 0, parallel, new()), TimeProvider.System);
        var state = Directory.CreateDirectory(node.Layout.StateFolder).FullName;
        var app = FederationProcess.Build(
            new("local")
            {
                Members = [.. members.Select(name => new CollaboratorName(name))],
                Certificate = node.LoadAggregator(),
                Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
                DatabaseFile = Path.Combine(state, "federation.db"),
                StoreFolder = Path.Combine(state, "tensors"),
                ExperimentsFolder = Path.Combine(state, "experiments"),
                PlanOf = ExperimentPlans.Of,
                Parallel = parallel,
            },
            node,
            (here, there) => PlanDifference.First(here, there)?.ToString() ?? "",
            builder => builder.Services.AddSingleton(logs));
        await app.StartAsync(cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, FederationFile.Name), FederationFile.TextOf(LocalAuthority.Host, GatewayAddress.Of(app, LocalAuthority.Host).Port), cancellationToken);
        return new(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
