using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Asynchronous;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;
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
        if (!current.IsAsynchronous && (current.Lifecycle.HasEnded() || round.Number != current.Round))
        {
            return await AnswerLateAsync(collaborator, offered, current.Round);
        }

        if (ReportCheck.Problem(report) is { } problem)
        {
            return new IntakeOutcome.Refused(problem);
        }

        var bundles = report.Bundles.Select(bundle => (bundle, ManifestOf(offered, bundle))).ToList();
        if (LayoutProblem(bundles, current, round.Experiment) is { } misfit)
        {
            return new IntakeOutcome.Refused(misfit);
        }

        if (current.IsAsynchronous && await IsOverAsync(collaborator, round, report))
        {
            return await AnswerAsync(collaborator, offered, current, cancellationToken); // Its bytes may be gone already; none are asked for.
        }

        if (await BasisProblemAsync(collaborator, offered, current) is { } baseless)
        {
            return new IntakeOutcome.Refused(baseless);
        }

        var scope = current.UpdatesOf(collaborator, round);
        var missing = report.Bundles
            .Where(bundle => !store.Contains(scope, bundle))
            .Select(bundle => (bundle.StoredDigest, store.StagedBytes(scope, collaborator.Value, bundle.StoredDigest)))
            .ToList();
        if (missing.Count > 0)
        {
            return new IntakeOutcome.BytesMissing(missing);
        }

        if (await Task.Run(() => BytesProblem(bundles, scope), cancellationToken) is { } bad)
        {
            return new IntakeOutcome.Refused(bad);
        }

        // Only now: whoever fills the store with layouts has sent the bytes for each.
        foreach (var (_, manifest) in bundles)
        {
            store.PutManifest(round.Experiment, manifest!);
        }

        return await AnswerAsync(collaborator, offered, current, cancellationToken);
    }

    // A change of any other model could not be read once that is gone from the store.
    private async Task<string?> BasisProblemAsync(CollaboratorName collaborator, OfferedResult offered, CurrentRound current)
    {
        var changes = offered.Report.Bundles.Where(bundle => bundle.Encoding?.Basis is not null).ToList();
        if (changes.Count == 0)
        {
            return null;
        }

        var start = current.IsAsynchronous
            ? await ContributorOf(collaborator, offered.Round).GetStartAsync()
            : current.Bundles.Find(BundleKinds.Model);
        return changes.Find(bundle => bundle.Encoding!.Basis != start?.Digest || bundle.ManifestHash != start?.ManifestHash) is { } stray
            ? $"The {stray.Kind} tensors are encoded as a change of the model {stray.Encoding!.Basis}, but this work started from {start?.Digest}. Encode the change of that."
            : null;
    }

    private async Task<bool> IsOverAsync(CollaboratorName collaborator, RoundId round, TaskReport report) =>
        await ContributorOf(collaborator, round).StandingAsync(round.Number, report.Task) == TaskStanding.Closed;

    private async Task<IntakeOutcome> AnswerAsync(
        CollaboratorName collaborator, OfferedResult offered, CurrentRound current, CancellationToken cancellationToken)
    {
        var (round, report) = (offered.Round, offered.Report);
        var outcome = current.IsAsynchronous
            ? await ReportTurnAsync(collaborator, offered, cancellationToken)
            : await CollaboratorOf(collaborator, round).ReportAsync(round, report, cancellationToken);
        return outcome switch
        {
            ReportOutcome.Accepted => new IntakeOutcome.Accepted(Already: false),
            ReportOutcome.AlreadyAccepted => new IntakeOutcome.Accepted(Already: true),
            ReportOutcome.NotAssigned => new IntakeOutcome.Refused(
                $"Task '{report.Task}' of round {round.Number} was not given to {collaborator}. Ask for tasks and run those."),
            _ => new IntakeOutcome.RoundClosed((await grains.GetExperiment(round.Experiment).GetCurrentAsync()).Round),
        };
    }

    private async Task<ReportOutcome> ReportTurnAsync(CollaboratorName collaborator, OfferedResult offered, CancellationToken cancellationToken)
    {
        await CollaboratorOf(collaborator, offered.Round).RenewAsync();
        return await ContributorOf(collaborator, offered.Round).ReportAsync(offered.Round.Number, offered.Report, cancellationToken);
    }

    // The acknowledgement of an accepted result may have been lost before the round closed: a repeat still hears that it counted.
    private async Task<IntakeOutcome> AnswerLateAsync(CollaboratorName collaborator, OfferedResult offered, int current)
    {
        var accepted = await CollaboratorOf(collaborator, offered.Round).GetAcceptedAsync(offered.Round);
        return accepted.Any(result => result.Report.Task == offered.Report.Task)
            && await grains.GetExperiment(offered.Round.Experiment).HasCountedAsync(offered.Round.Number, collaborator)
            ? new IntakeOutcome.Accepted(Already: true)
            : new IntakeOutcome.RoundClosed(current);
    }

    private ICollaboratorGrain CollaboratorOf(CollaboratorName name, RoundId round) =>
        grains.GetCollaborator(new CollaboratorId(round.Experiment.Federation, name));

    private IContributorGrain ContributorOf(CollaboratorName name, RoundId round) =>
        grains.GetContributor(new ContributorId(round.Experiment, name));

    private ModelManifest? ManifestOf(OfferedResult offered, TensorBundle bundle) =>
        store.FindManifest(offered.Round.Experiment, bundle.ManifestHash) ?? offered.Manifests.GetValueOrDefault(bundle.ManifestHash);

    private string? LayoutProblem(
        IEnumerable<(TensorBundle Bundle, ModelManifest? Manifest)> bundles, CurrentRound current, ExperimentId experiment) => bundles
        .Select(one => LayoutProblem(one.Bundle, one.Manifest, current, experiment))
        .FirstOrDefault(problem => problem is not null);

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

        if (bundle.Kind is BundleKinds.Model or BundleKinds.Control && current.Bundles.Find(BundleKinds.Model) is { } model && model.ManifestHash != manifest.Hash)
        {
            var expected = store.FindManifest(experiment, model.ManifestHash);
            if (bundle.Kind == BundleKinds.Control && expected is not null && CurvatureLayout.Of(expected).Hash == manifest.Hash)
            {
                return null; // FedCurv's; under another rule nobody reads it.
            }

            var difference = expected is null ? "its layout differs" : manifest.FirstDifferenceFrom(expected);
            return $"The {bundle.Kind} tensors are not laid out as the experiment's model: {difference}. Train the network that the plan agreed on.";
        }

        return null;
    }

    private string? BytesProblem(IEnumerable<(TensorBundle Bundle, ModelManifest? Manifest)> bundles, TensorScope scope)
    {
        foreach (var (bundle, manifest) in bundles)
        {
            try
            {
                using var reader = store.TryOpen(scope, bundle, manifest!);
                if (reader is not null && BytesProblem(bundle, manifest!, reader) is { } problem)
                {
                    return problem;
                }
            }
            catch (FormatException malformed)
            {
                return $"The encoded {bundle.Kind} tensors cannot be read: {malformed.Message}";
            }
        }

        return null;
    }

    private static string? BytesProblem(TensorBundle bundle, ModelManifest manifest, ITensorReader reader)
    {
        if (reader.Length != bundle.ByteLength)
        {
            return $"The {bundle.Kind} tensors in the store have {reader.Length} bytes, but their manifest describes {bundle.ByteLength}. Send all tensors of the manifest.";
        }

        if (reader is EncodedTensorReader encoded && encoded.Header.Basis != bundle.Encoding?.Basis)
        {
            return $"The encoded {bundle.Kind} tensors are a change of {encoded.Header.Basis}, the report says of {bundle.Encoding?.Basis}. Report what was encoded.";
        }

        return FiniteCheck.FirstNonFinite(reader, manifest) is { } found
            ? $"The {bundle.Kind} tensor {found} is not finite. Lower the learning rate or look at the data; the update is not taken."
            : null;
    }
}
