using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Intake;
using Actors.Grains.Tensors;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Gateway;

/// <summary>Between the messages of the wire and those of the grains.</summary>
internal static class WireMessages
{
    /// <summary>The longest hash, name or number of metrics is checked by those who read them; here only the form.</summary>
    /// <exception cref="FormatException">An id, a digest or a manifest cannot be read.</exception>
    public static OfferedResult ToOffered(this Wire.ResultReport message)
    {
        var manifests = message.Bundles
            .Where(bundle => bundle.Manifest is not null)
            .Select(bundle => ModelManifest.FromMessage(bundle.Manifest))
            .DistinctBy(manifest => manifest.Hash)
            .ToDictionary(manifest => manifest.Hash);
        var report = new TaskReport(
            message.Task,
            message.SampleCount,
            [.. message.Metrics.Select(metric => new Contracts.Metrics.Metric(metric.Name, metric.Value))],
            [.. message.Bundles.Select(bundle => (bundle.Bundle ?? throw new FormatException("A reported bundle is empty.")).ToBundle())])
        {
            ControlRound = message.HasControlRound ? message.ControlRound : null,
        };
        return new(new RoundId(ExperimentId.Parse(message.Experiment), message.Round), report, manifests);
    }

    /// <summary>A bundle of the wire.</summary>
    public static TensorBundle ToBundle(this Wire.TensorBundle message) =>
        new(message.Kind, TensorDigest.Parse(message.Digest), TensorDigest.Parse(message.ManifestHash), message.ByteLength)
        {
            Encoding = message.Encoding is { } encoding
                ? new(TensorDigest.Parse(encoding.Digest), encoding.ByteLength, encoding.Basis.Length == 0 ? null : TensorDigest.Parse(encoding.Basis))
                : null,
        };

    /// <summary>A bundle for the wire.</summary>
    public static Wire.TensorBundle ToMessage(this TensorBundle bundle) => new()
    {
        Kind = bundle.Kind,
        Digest = bundle.Digest.ToString(),
        ManifestHash = bundle.ManifestHash.ToString(),
        ByteLength = bundle.ByteLength,
        Encoding = bundle.Encoding is { } encoding
            ? new() { Digest = encoding.Digest.ToString(), ByteLength = encoding.ByteLength, Basis = encoding.Basis?.ToString() ?? "" }
            : null,
    };

    /// <summary>An answer for the wire.</summary>
    public static Wire.GetTasksReply ToMessage(this WorkAnswer answer)
    {
        switch (answer.Kind)
        {
            case WorkKind.Work:
                var work = new Wire.Work { Round = answer.Round };
                work.Tasks.AddRange(answer.Tasks);
                work.Bundles.AddRange(answer.Bundles.Select(ToMessage));
                if (answer.ControlRound is { } control)
                {
                    work.ControlRound = control;
                }

                return new() { Work = work };
            case WorkKind.Wait:
                return new() { Wait = new() { Round = answer.Round, Reason = answer.Reason } };
            default:
                return new() { Stop = new() { Reason = answer.Reason, Finished = answer.Kind == WorkKind.Finished } };
        }
    }

    /// <summary>An outcome for the wire.</summary>
    public static Wire.ReportReply ToMessage(this IntakeOutcome outcome)
    {
        switch (outcome)
        {
            case IntakeOutcome.Accepted accepted:
                return new() { Accepted = new() { Already = accepted.Already } };
            case IntakeOutcome.RoundClosed closed:
                return new() { RoundClosed = new() { CurrentRound = closed.CurrentRound } };
            case IntakeOutcome.Refused refused:
                return new() { Refused = new() { Message = refused.Message } };
            case IntakeOutcome.BytesMissing bytes:
                var missing = new Wire.BytesMissing();
                missing.Missing.AddRange(bytes.Missing.Select(one =>
                    new Wire.MissingBytes { Digest = one.Digest.ToString(), StoredBytes = one.StagedBytes }));
                return new() { BytesMissing = missing };
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Unknown outcome.");
        }
    }
}
