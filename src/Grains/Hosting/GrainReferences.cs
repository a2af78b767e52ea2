using Actors.Contracts.Identity;
using Actors.Grains.Asynchronous;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Federations;
using Actors.Grains.Queue;
using Actors.Grains.Rounds;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;

namespace Actors.Grains.Hosting;

/// <summary>Finds grains by their typed ids, so that no key is put together by hand.</summary>
public static class GrainReferences
{
    /// <summary>The federation's grain.</summary>
    public static IFederationGrain GetFederation(this IGrainFactory grains, FederationId id) =>
        grains.GetGrain<IFederationGrain>(id.ToString());

    /// <summary>The grain of a long-lived federation's experiments.</summary>
    public static IQueueGrain GetQueue(this IGrainFactory grains, FederationId federation) =>
        grains.GetGrain<IQueueGrain>(federation.ToString());

    /// <summary>The experiment's grain.</summary>
    public static IExperimentGrain GetExperiment(this IGrainFactory grains, ExperimentId id) =>
        grains.GetGrain<IExperimentGrain>(id.ToString());

    /// <summary>The round's grain.</summary>
    public static IRoundGrain GetRound(this IGrainFactory grains, RoundId id) => grains.GetGrain<IRoundGrain>(id.ToString());

    /// <summary>The grain of a version of an asynchronous experiment's model.</summary>
    public static IVersionGrain GetVersion(this IGrainFactory grains, RoundId id) => grains.GetGrain<IVersionGrain>(id.ToString());

    /// <summary>The grain of a collaborator in an asynchronous experiment.</summary>
    public static IContributorGrain GetContributor(this IGrainFactory grains, ContributorId id) =>
        grains.GetGrain<IContributorGrain>(id.ToString());

    /// <summary>The task's grain.</summary>
    public static ITaskGrain GetTask(this IGrainFactory grains, TaskId id) => grains.GetGrain<ITaskGrain>(id.ToString());

    /// <summary>The collaborator's grain.</summary>
    public static ICollaboratorGrain GetCollaborator(this IGrainFactory grains, CollaboratorId id) =>
        grains.GetGrain<ICollaboratorGrain>(id.ToString());

    /// <summary>The catalogue of the experiment's published tensors.</summary>
    public static ITensorStoreGrain GetTensorStore(this IGrainFactory grains, ExperimentId id) =>
        grains.GetGrain<ITensorStoreGrain>(id.ToString());
}
