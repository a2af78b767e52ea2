using Actors.Contracts.Federations;
using Actors.Experiments.Running;
using Actors.Learning.Torch.Native;

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Experiments.Federations;

/// <summary>
/// A long-lived federation in this process, to try one out: the aggregator with its queue, a host for each collaborator, and an operator, over mutual
/// TLS on loopback, with certificates made for the run. Every node is what <c>fx federation start</c> and <c>fx collaborator serve</c> run, but for
/// the code: the model is the program's own, so that an experiment's archive holds a plan and no code, and collaborators' tasks take turns here.
/// Disposing ends it with everything that it kept.
/// </summary>
public sealed class LongLivedFederation : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly FederatedModel _model;
    private readonly CollaboratorData _first;
    private readonly LocalSilo _silo;
    private readonly Dictionary<string, LocalHost> _hosts;
    private readonly FederationNode _node;

    private LongLivedFederation(DirectoryInfo folder, FederatedModel model, FederatedDataset data, LongLivedOptions options, LocalSilo silo, ILoggerFactory logs)
    {
        (_folder, _model, _first, _silo) = (folder, model, data.Collaborators[0], silo);
        _node = FederationNode.Open(folder.FullName, TimeProvider.System);
        _hosts = data.Collaborators.ToDictionary(
            one => one.Name,
            one => new LocalHost(_node, one, one.Model ?? model, options.Policies.TryGetValue(one.Name, out var policy) ? policy : HostPolicy.Review, logs));
        Operator = Federation.Open(folder.FullName);
    }

    /// <summary>The federation as its operator, <c>operator</c>, uses it.</summary>
    public Federation Operator { get; }

    /// <summary>The folder that is everybody's node.</summary>
    internal string Folder => _folder.FullName;

    /// <summary>Starts it.</summary>
    /// <param name="model">What experiments train.</param>
    /// <param name="data">Who takes part with which data; it stays the caller's, and is there until the federation is disposed.</param>
    /// <param name="options">Policies and more; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ArgumentException">A policy is for nobody, or has problems.</exception>
    public static async Task<LongLivedFederation> StartAsync(
        FederatedModel model, FederatedDataset data, LongLivedOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new();
        Require(options, data);
        TrainingRuntime.Prepare();
        LibTorch.EnsureLoaded();
        var folder = Directory.CreateTempSubdirectory("federation-");
        var logs = options.Logs ?? NullLoggerFactory.Instance;
        try
        {
            var names = data.Collaborators.Select(one => one.Name).ToList();
            var silo = await LocalSilo.StartAsync(folder.FullName, names, options.Parallel, logs, cancellationToken);
            return new(folder, model, data, options, silo, logs);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>A collaborator's host, for the person who looks at experiments there.</summary>
    /// <exception cref="ArgumentException">There is no such collaborator.</exception>
    public FederationHost HostOf(string collaborator) => _hosts.ContainsKey(collaborator)
        ? new(_node, collaborator, TimeProvider.System)
        : throw new ArgumentException($"No collaborator is called '{collaborator}'; name one of {string.Join(", ", _hosts.Keys)}.", nameof(collaborator));

    /// <summary>Makes an experiment with the model: a plan, and weights to begin with. <see cref="Federation.SubmitAsync"/> takes it.</summary>
    /// <param name="name">The experiment's name, unique in the federation.</param>
    /// <param name="plan">Values of the plan by key, as in <see cref="ExperimentOptions.Plan"/>; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PlanException">The plan cannot run; the message names every problem.</exception>
    public Task<ExperimentPackage> PrepareAsync(
        string name, IDictionary<string, object?>? plan = null, CancellationToken cancellationToken = default) => LocalPackage.PrepareAsync(
        name,
        LocalPlan.With(plan ?? new Dictionary<string, object?>(), new ExperimentCatalogue(_model, [])),
        _model,
        _first,
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        await Task.WhenAll(_hosts.Values.Select(host => host.DisposeAsync().AsTask()));
        await _silo.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static void Require(LongLivedOptions options, FederatedDataset data)
    {
        var names = data.Collaborators.Select(one => one.Name).ToList();
        if (options.Policies.Keys.FirstOrDefault(name => !names.Contains(name)) is { } stranger)
        {
            throw new ArgumentException($"A policy is for '{stranger}', who is no collaborator; name one of {string.Join(", ", names)}.", nameof(options));
        }

        if (options.Policies.FirstOrDefault(policy => policy.Value.Problems.Count > 0) is { Key: not null } bad)
        {
            throw new ArgumentException($"The policy of {bad.Key} has problems:\n{bad.Value.Problems.ToText()}", nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallel, 1);
    }
}
