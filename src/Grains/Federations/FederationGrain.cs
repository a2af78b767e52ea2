using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;

namespace Actors.Grains.Federations;

internal sealed class FederationGrain(
    [PersistentState("federation")] IPersistentState<FederationState> storage) : Grain, IFederationGrain
{
    private FederationId Id => new(this.GetPrimaryKeyString());

    public async Task SetMembersAsync(IReadOnlyList<CollaboratorName> members, CancellationToken cancellationToken)
    {
        var next = Membership.Of(members);
        if (!next.SequenceEqual(storage.State.Members))
        {
            await storage.SaveAsync(this, storage.State with { Members = next }, cancellationToken);
        }
    }

    public Task<IReadOnlyList<CollaboratorName>> GetMembersAsync() => Task.FromResult(storage.State.Members);

    public Task<bool> AdmitsAsync(CollaboratorName collaborator) =>
        Task.FromResult(Membership.Admits(storage.State.Members, collaborator));

    public async Task RunAsync(string experiment, ExperimentDefinition definition, CancellationToken cancellationToken)
    {
        if (!storage.State.Experiments.Contains(experiment))
        {
            await storage.SaveAsync(
                this, storage.State with { Experiments = [.. storage.State.Experiments, experiment] }, cancellationToken);
        }

        var grain = GrainFactory.GetExperiment(new ExperimentId(Id, experiment));
        await grain.CreateAsync(definition, cancellationToken);
        await grain.StartAsync(cancellationToken);
    }

    public Task<IReadOnlyList<string>> GetExperimentsAsync() => Task.FromResult(storage.State.Experiments);
}
