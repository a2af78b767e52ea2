using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

using Actors.CollaboratorHost.Serving;
using Actors.Contracts.Federations;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Experiments.Federations;

using Microsoft.Extensions.Logging;

namespace Actors.Experiments.Running;

/// <summary>A collaborator's host in this process: what it takes part in, it trains here, with the program's own model.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private readonly FederationNode _node;
    private readonly CollaboratorData _data;
    private readonly FederatedModel _model;
    private readonly ILoggerFactory _logs;
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _children = [];
    private readonly Task _serving;

    /// <summary>Starts it.</summary>
    public LocalHost(FederationNode node, CollaboratorData data, FederatedModel model, HostPolicy policy, ILoggerFactory logs)
    {
        (_node, _data, _model, _logs) = (node, data, model, logs);
        _certificate = node.LoadCollaborator(data.Name);
        _serving = ServeProcess.RunAsync(OptionsOf(policy), node.Credentials(_certificate), logs, TimeProvider.System, _stop.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        await Task.WhenAll(_children);
        _stop.Dispose();
        _certificate.Dispose();
    }

    private ServeOptions OptionsOf(HostPolicy policy) => new()
    {
        Collaborator = _data.Name,
        Addresses = [_node.File.Gateway],
        ExperimentsFolder = _node.ExperimentsOf(_data.Name),
        ReadPolicy = () => policy,
        TrustAuthor = author => _node.ProblemWithOperator(author),
        Start = (folder, experiment) =>
        {
            var child = new LocalChild(token => TrainAsync(folder.Workspace!, ExperimentId.Parse(experiment), token));
            _children.Add(child.Ended);
            return child;
        },
    };

    private async Task<int> TrainAsync(WorkspaceLayout layout, ExperimentId experiment, CancellationToken cancellationToken)
    {
        var running = RunningPlan.Read(layout.Root, new PlanReader(new ExperimentCatalogue(_model, []))).Result;
        var plan = running.Plan ?? throw new PlanException([.. running.Problems.Select(problem => problem.ToString())]);
        using var collaborator = await LocalCollaborator.CreateAsync(plan, _data, _model, cancellationToken);
        var options = CollaboratorPlans.Hosted(
            plan, layout, experiment, _data.Name, _node.File.Gateway, WorkspaceManifest.Read(layout).Hash.ToString());
        var code = await collaborator.RunAsync(options, _node.Credentials(_certificate), _logs, TimeProvider.System, cancellationToken);
        return collaborator.Failure is { } failure && code == CollaboratorHost.ExitCodes.WorkFailed ? throw failure : code;
    }
}
