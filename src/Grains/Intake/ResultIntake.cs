using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Tensors;

namespace Actors.Grains.Intake;

/// <summary>
/// The one way into an experiment for results: checks what can be checked before the collaborator's grain accepts. Layouts and
/// numbers are checked before any byte is stored; the bytes, before they count.
/// </summary>
public sealed class ResultIntake(IGrainFactory grains, ITensorStore store)
{
    /// <summary>Takes a result, or says what is wrong or missing. May be called again with the same result.</summary>
    /// <exception cref="TensorStoreException">The store cannot be read.</exception>
    public async Task<IntakeOutcome> OfferAsync(CollaboratorName collaborator, OfferedResult offered, CancellationToken cancellationToken)
    {
        var (round, report) = (offered.Round, offered.Report);
        var current = await grains.GetExperiment(round.Experiment).GetCurrentAsync();
        if (round.Number != current.Round || current.Lifecycle.HasEnded())
        {
            return new IntakeOutcome.RoundClosed(current.Round);
        }

        if (ReportCheck.Problem(report) is { } problem || CheckLayouts(offered, current, out problem))
        {
            return new IntakeOutcome.Refused(problem!);
        }

        var missing = report.Bundles
            .Where(bundle => !store.Contains(TensorScope.Updates(round), bundle.Digest))
            .Select(bundle => (bundle.Digest, store.StagedBytes(TensorScope.Updates(round), collaborator.Value, bundle.Digest)))
            .ToList();
        if (missing.Count > 0)
        {
            return new IntakeOutcome.BytesMissing(missing);
        }

        if (await Task.Run(() => CheckBytes(offered), cancellationToken) is { } bad)
        {
            return new IntakeOutcome.Refused(bad);
        }

        var grain = grains.GetCollaborator(new CollaboratorId(round.Experiment.Federation, collaborator));
        return await grain.ReportAsync(round, report, cancellationToken) switch
        {
            ReportOutcome.Accepted => new IntakeOutcome.Accepted(Already: false),
            ReportOutcome.AlreadyAccepted => new IntakeOutcome.Accepted(Already: true),
            ReportOutcome.NotAssigned => new IntakeOutcome.Refused(
                $"Task '{report.Task}' of round {round.Number} was not given to {collaborator}. Ask for tasks and run those."),
            _ => new IntakeOutcome.RoundClosed((await grains.GetExperiment(round.Experiment).GetCurrentAsync()).Round),
        };
    }

    private bool CheckLayouts(OfferedResult offered, CurrentRound current, out string? problem)
    {
        problem = null;
        foreach (var bundle in offered.Report.Bundles)
        {
            var experiment = offered.Round.Experiment;
            var manifest = store.FindManifest(experiment, bundle.ManifestHash) ?? offered.Manifests.GetValueOrDefault(bundle.ManifestHash);
            problem = LayoutProblem(bundle, manifest, current, experiment);
            if (problem is not null)
            {
                return true;
            }

            store.PutManifest(experiment, manifest!);
        }

        return false;
    }

    private string? LayoutProblem(TensorBundle bundle, ModelManifest? manifest, CurrentRound current, ExperimentId experiment)
    {
        if (manifest is null)
        {
            return $"The layout {bundle.ManifestHash} of the {bundle.Kind} tensors is not known. Send the manifest with the result.";
        }

        if (manifest.ByteLength != bundle.ByteLength)
        {
            return $"The {bundle.Kind} tensors have {bundle.ByteLength} bytes, but their manifest describes {manifest.ByteLength}. Send all tensors of the manifest.";
        }

        if (bundle.Kind == BundleKinds.Model && current.Bundles.Find(BundleKinds.Model) is { } model && model.ManifestHash != manifest.Hash)
        {
            var expected = store.FindManifest(experiment, model.ManifestHash);
            var difference = expected is null ? "its layout differs" : manifest.FirstDifferenceFrom(expected);
            return $"The update is not of the experiment's model: {difference}. Train the network that the plan agreed on.";
        }

        return null;
    }

    private string? CheckBytes(OfferedResult offered)
    {
        foreach (var bundle in offered.Report.Bundles)
        {
            using var reader = store.TryOpen(TensorScope.Updates(offered.Round), bundle.Digest);
            if (reader is not null && reader.Length != bundle.ByteLength)
            {
                return $"The {bundle.Kind} tensors in the store have {reader.Length} bytes, but their manifest describes {bundle.ByteLength}. Send all tensors of the manifest.";
            }

            var manifest = store.FindManifest(offered.Round.Experiment, bundle.ManifestHash)!;
            if (reader is not null && FiniteCheck.FirstNonFinite(reader, manifest) is { } found)
            {
                return $"The {bundle.Kind} tensor {found} is not finite. Lower the learning rate or look at the data; the update is not taken.";
            }
        }

        return null;
    }
}
