using System.Runtime.CompilerServices;

using Actors.CollaboratorHost.Serving;

namespace Actors.Experiments.Federations;

/// <summary>
/// A collaborator's host as the person there uses it: the experiments that have come, to be looked at and decided. The host itself is served by
/// <c>fx collaborator serve</c>, and need not run meanwhile.
/// </summary>
public sealed class FederationHost
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);

    private readonly FederationNode _node;
    private readonly TimeProvider _clock;

    internal FederationHost(FederationNode node, string collaborator, TimeProvider clock) =>
        (_node, Collaborator, _clock) = (node, collaborator, clock);

    /// <summary>Whose host it is.</summary>
    public string Collaborator { get; }

    /// <summary>The experiments that are here, checked and unpacked, in the order of their names.</summary>
    public IReadOnlyList<HostedExperiment> Experiments =>
    [
        .. ExperimentFolder.All(_node.ExperimentsOf(Collaborator))
            .Where(folder => folder.Workspace is not null)
            .Select(folder => new HostedExperiment(_node, Collaborator, folder, _clock)),
    ];

    /// <summary>Opens the host that a folder is the node of.</summary>
    /// <param name="folder">The folder: it has <c>federation.yaml</c>, and the collaborator's certificate in <c>cert</c>.</param>
    /// <param name="collaborator">The collaborator; null for the only one whose certificate is in the folder.</param>
    /// <param name="clock">Judges certificates; null for the machine's clock.</param>
    /// <exception cref="ExperimentException">The folder is no node, or it has no collaborator's certificate or several.</exception>
    public static FederationHost Open(string folder, string? collaborator = null, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        clock ??= TimeProvider.System;
        var node = FederationNode.Open(folder, clock);
        return new(node, collaborator ?? node.OnlyCollaborator(), clock);
    }

    /// <summary>The newest experiment of a name.</summary>
    /// <exception cref="ExperimentException">None with a good signature is here.</exception>
    public HostedExperiment Find(string name) => Experiments.LastOrDefault(experiment => experiment.Name == name && experiment.Problem is null)
        ?? throw new ExperimentException($"No experiment '{name}' with a good signature is here. See which are: fx experiment review");

    /// <summary>Every experiment that is to be decided by a person, as soon as it is here; never ends by itself.</summary>
    public async IAsyncEnumerable<HostedExperiment> StreamReviewsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var shown = new HashSet<string>();
        while (true)
        {
            foreach (var experiment in Experiments.Where(one => one is { Problem: null, Accepts: null } && shown.Add(one.Workspace)))
            {
                yield return experiment;
            }

            await Task.Delay(Look, _clock, cancellationToken);
        }
    }
}
