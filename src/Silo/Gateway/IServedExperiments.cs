using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

using Grpc.Core;

namespace Actors.Silo.Gateway;

/// <summary>Which experiments collaborators find behind this gateway.</summary>
internal interface IServedExperiments
{
    /// <summary>What is run here, for a person who asked for something else.</summary>
    string Described { get; }

    /// <summary>The experiment that a collaborator asks for; null when it is not run here, or not for this collaborator.</summary>
    /// <param name="id"><c>federation/experiment</c>; empty for the only one.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="FormatException">The text is no id.</exception>
    ValueTask<ServedExperiment?> FindAsync(string id, CollaboratorName caller);

    /// <summary>The experiment that a collaborator asks for.</summary>
    /// <exception cref="FormatException">The text is no id.</exception>
    /// <exception cref="RpcException">It is not run here, or not for this collaborator.</exception>
    async ValueTask<ServedExperiment> FindOrRefuseAsync(string id, CollaboratorName caller) =>
        await FindAsync(id, caller)
            ?? throw new RpcException(new(StatusCode.NotFound, $"The experiment '{id}' is not run here; {Described}. Join again."));
}

/// <summary>An experiment behind this gateway.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Definition">What was agreed.</param>
internal sealed record ServedExperiment(ExperimentId Id, ExperimentDefinition Definition);
