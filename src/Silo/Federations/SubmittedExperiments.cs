using Actors.Contracts.Identity;
using Actors.Contracts.Models;
using Actors.Grains.Experiments;
using Actors.Grains.Queue;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;
using Actors.Silo.Storage;

namespace Actors.Silo.Federations;

/// <summary>The files of submitted experiments, as the queue asks for them.</summary>
internal sealed class SubmittedExperiments(FederationServerOptions options, ITensorStore store) : IExperimentSource
{
    /// <inheritdoc/>
    public Task<ExperimentDefinition> PrepareAsync(ExperimentId id, Submission submission, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                var folder = new SubmissionFolder(options.ExperimentsFolder, submission);
                var submitted = SubmittedPlan.Read(folder);
                using var model = ModelFile.Read(folder.Model);
                return new ExperimentDefinition(
                    options.PlanOf(submitted.Plan),
                    submitted.Plan.Hash.ToString(),
                    submitted.Plan.Canonical,
                    submitted.WorkspaceHash,
                    StoredModel.Put(store, id, BundleKinds.Model, model));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(ExperimentId id, Submission submission, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            store.DeleteScope(TensorScope.Models(id));
            store.DeleteRoundsBefore(new RoundId(id, int.MaxValue));
            new SubmissionFolder(options.ExperimentsFolder, submission).Delete();
        },
        cancellationToken);
}
