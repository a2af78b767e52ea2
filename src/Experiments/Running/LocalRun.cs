using System.Runtime.ExceptionServices;

using Actors.CollaboratorHost;
using Actors.Contracts.Models;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;

using Microsoft.Extensions.Logging;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Running;

/// <summary>One experiment from its certificates to its model.</summary>
internal sealed class LocalRun : IProgress<RoundResult>, IDisposable
{
    private readonly Plan _plan;
    private readonly ExperimentCode _code;
    private readonly ExperimentFolder _folder;
    private readonly FederatedModel _model;
    private readonly IProgress<RoundMetrics>? _progress;
    private readonly ExperimentLogs _logs;
    private readonly ILoggerFactory _loggers;
    private readonly List<RoundMetrics> _rounds = [];
    private readonly List<LocalCollaborator> _collaborators = [];
    private readonly CancellationTokenSource _over = new();
    private int _roundCount;
    private ExceptionDispatchInfo? _listenerFailure;

    /// <summary>Prepares nothing yet.</summary>
    public LocalRun(Plan plan, ExperimentCode code, ExperimentFolder folder, FederatedModel model, ExperimentOptions options)
    {
        (_plan, _code, _folder, _model, _progress) = (plan, code, folder, model, options.Progress);
        _logs = new(options.Logs);
        _loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
    }

    /// <summary>Trains; see <see cref="LocalFederation.RunExperimentAsync"/>.</summary>
    public async Task<ExperimentResult> TrainAsync(IReadOnlyList<CollaboratorData> data, CancellationToken cancellationToken)
    {
        await CreateCollaboratorsAsync(data, cancellationToken);
        await RunAsync(ExperimentPlans.Of(_plan), cancellationToken);
        var best = _folder.Kept.Resolve(_plan.Aggregator.BestStatePath);
        return new(
            await ReadAsync(data[0], _folder.Kept.Resolve(_plan.Aggregator.LastStatePath)),
            File.Exists(best) ? await ReadAsync(data[0], best) : null,
            new MetricsTable(_rounds));
    }

    /// <summary>Measures a network; see <see cref="LocalFederation.EvaluateAsync"/>.</summary>
    public async Task<RoundMetrics> EvaluateAsync(
        Module<Tensor, Tensor> network, IReadOnlyList<CollaboratorData> data, CancellationToken cancellationToken)
    {
        await CreateCollaboratorsAsync(data, cancellationToken);
        _collaborators[0].Take(network);
        await RunAsync(ExperimentPlans.Of(_plan).Evaluating(_collaborators[0].Evaluation), cancellationToken);
        return _rounds.Single();
    }

    /// <inheritdoc/>
    public void Report(RoundResult value)
    {
        var round = RoundMetrics.Of(value, _roundCount);
        _rounds.Add(round);
        try
        {
            _progress?.Report(round);
        }
        catch (Exception failure)
        {
            // The caller's own code on the aggregator's turn: the round is as it is, and the caller hears of it from the call.
            _listenerFailure = ExceptionDispatchInfo.Capture(failure);
            _over.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _collaborators.ForEach(collaborator => collaborator.Dispose());
        _over.Dispose();
        _loggers.Dispose();
        _logs.Dispose();
    }

    private async Task CreateCollaboratorsAsync(IReadOnlyList<CollaboratorData> data, CancellationToken cancellationToken)
    {
        foreach (var one in data)
        {
            _collaborators.Add(await LocalCollaborator.CreateAsync(_plan, one, one.Model ?? _model, cancellationToken));
        }
    }

    private async Task RunAsync(ExperimentPlan experiment, CancellationToken cancellationToken)
    {
        _roundCount = experiment.Rounds;
        using var authority = new LocalAuthority(_folder.Passing.Root, TimeProvider.System);
        await using var aggregator = await LocalAggregator.StartAsync(
            _plan, experiment, _code.Aggregator, _folder, authority, _collaborators, this, _logs, cancellationToken);
        await RunHostsAsync(aggregator, authority, cancellationToken);
        if (aggregator.Lifecycle != Lifecycle.Finished)
        {
            throw new ExperimentException($"The experiment ended after {_rounds.Count} of {_roundCount} rounds. {_logs.Warnings}");
        }
    }

    private async Task RunHostsAsync(LocalAggregator aggregator, LocalAuthority authority, CancellationToken cancellationToken)
    {
        await using var stop = cancellationToken.Register(_over.Cancel);
        var hosts = _collaborators.ToDictionary(one => one.RunAsync(
            CollaboratorPlans.Of(
                _plan, _folder.Kept, LocalAggregator.ExperimentOf(_plan), one.Name, aggregator.Address, LocalAggregator.WorkspaceHash) with
            {
                StateFolder = _folder.Passing.StateFolder,
                HearMetric = _code.Collaborator(),
            },
            authority,
            _loggers,
            TimeProvider.System,
            _over.Token));
        try
        {
            var left = new Dictionary<Task<int>, LocalCollaborator>(hosts);
            var ended = aggregator.Ended;
            while (left.Count > 0 && await Task.WhenAny([ended, .. left.Keys]) is Task<int> host)
            {
                left.Remove(host, out var collaborator);
                cancellationToken.ThrowIfCancellationRequested();
                _listenerFailure?.Throw();
                RequireEnd(await host, collaborator!);
            }

            await ended.WaitAsync(cancellationToken);
            _listenerFailure?.Throw();
        }
        finally
        {
            await _over.CancelAsync();
            await Task.WhenAll(hosts.Keys);
        }
    }

    private void RequireEnd(int code, LocalCollaborator collaborator)
    {
        if (code != ExitCodes.Ended)
        {
            throw new ExperimentException(
                $"{collaborator.Name} gave up: {collaborator.Failure?.Message ?? _logs.Warnings}", collaborator.Failure);
        }
    }

    private async Task<Module<Tensor, Tensor>> ReadAsync(CollaboratorData data, string path)
    {
        using var file = ModelFile.Read(path);
        var runner = (await LocalCollaborator.CreateAsync(_plan, data, _model, CancellationToken.None)).Runner;
        runner.Load(file);
        runner.Network.eval();
        return runner.Network; // Whoever takes it does not dispose the runner.
    }
}
