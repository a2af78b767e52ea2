using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

using Orleans.Concurrency;

namespace Actors.Grains.Federations;

/// <summary>One federation: who may take part, and its experiments. Key: the federation's name.</summary>
[Alias("federation")]
public interface IFederationGrain : IGrainWithStringKey
{
    /// <summary>Sets who may take part, from now on. Repeating it changes nothing.</summary>
    [Alias("set-members")]
    Task SetMembersAsync(IReadOnlyList<CollaboratorName> members, CancellationToken cancellationToken);

    /// <summary>
    /// The members, in ordinal order. Interleaves, since the experiment may ask in the middle of being started by this grain.
    /// </summary>
    [Alias("members"), AlwaysInterleave]
    Task<IReadOnlyList<CollaboratorName>> GetMembersAsync();

    /// <summary>Whether a collaborator may take part.</summary>
    [Alias("admits"), AlwaysInterleave]
    Task<bool> AdmitsAsync(CollaboratorName collaborator);

    /// <summary>Creates an experiment and starts it; wakes it when it is there already. Repeating it changes nothing.</summary>
    /// <exception cref="FederationException">It exists with another plan or other code.</exception>
    [Alias("run")]
    Task RunAsync(string experiment, ExperimentDefinition definition, CancellationToken cancellationToken);

    /// <summary>The experiments' names, oldest first.</summary>
    [Alias("experiments")]
    Task<IReadOnlyList<string>> GetExperimentsAsync();
}
