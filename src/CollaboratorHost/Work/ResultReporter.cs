using Actors.CollaboratorHost.Gateway;
using Actors.CollaboratorHost.Tensors;
using Actors.Contracts.Faults;
using Actors.Contracts.Tensors;

using Grpc.Core;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>
/// Reports a result until the gateway decides about it: what it misses is pushed, and the report, which is the commit, is made
/// again. A broken push is followed by a report too, because the answer says where to go on.
/// </summary>
internal sealed partial class ResultReporter(
    GatewayClient gateway, TensorUpload upload, LocalTensorStore store, AcknowledgementLog acknowledgements, ILogger<ResultReporter> logger)
{
    // Pushes in a row that the gateway would not take where it had asked for them.
    private const int MostMisplaced = 10;

    /// <summary>Why the last result that was refused was.</summary>
    public string Refusal { get; private set; } = "";

    public async Task<ReportOutcome> ReportAsync(Wire.ResultReport report, CancellationToken cancellationToken)
    {
        var backoff = gateway.NewBackoff();
        var stored = -1L;
        var misplaced = 0;
        while (true)
        {
            var reply = await gateway.ReportAsync(report, cancellationToken);
            switch (reply.OutcomeCase)
            {
                case Wire.ReportReply.OutcomeOneofCase.Accepted:
                    FaultPoints.Reach(FaultPoint.ResultAcknowledged);
                    acknowledgements.Accepted(report, reply.Accepted.Already);
                    LogAccepted(report.Round, report.Task, reply.Accepted.Already);
                    return ReportOutcome.Accepted;
                case Wire.ReportReply.OutcomeOneofCase.RoundClosed:
                    LogRoundClosed(report.Round, report.Task, reply.RoundClosed.CurrentRound);
                    return ReportOutcome.RoundClosed;
                case Wire.ReportReply.OutcomeOneofCase.Refused:
                    Refusal = reply.Refused.Message;
                    LogRefused(report.Round, report.Task, Refusal);
                    return ReportOutcome.Refused;
                case Wire.ReportReply.OutcomeOneofCase.BytesMissing:
                    var nowStored = reply.BytesMissing.Missing.Sum(missing => missing.StoredBytes);
                    if (nowStored > stored)
                    {
                        backoff.Reset();
                        misplaced = 0;
                    }
                    else
                    {
                        await backoff.DelayAsync(cancellationToken);
                    }

                    stored = nowStored;
                    try
                    {
                        if (!await PushAsync(report, reply.BytesMissing, cancellationToken))
                        {
                            return ReportOutcome.Damaged;
                        }
                    }
                    catch (GatewayRefusedException refusal)
                        when (refusal.Status is StatusCode.InvalidArgument && misplaced++ < MostMisplaced)
                    {
                        // A broken push may still be arriving when the next one starts: ask once more where to go on.
                        LogMisplaced(report.Round, report.Task, refusal.Message);
                    }

                    break;
                default:
                    LogUnknownAnswer(report.Round, report.Task);
                    return ReportOutcome.Refused;
            }
        }
    }

    // False when the bytes cannot be sent from here.
    private async Task<bool> PushAsync(
        Wire.ResultReport report, Wire.BytesMissing missing, CancellationToken cancellationToken)
    {
        foreach (var part in missing.Missing)
        {
            var digest = TensorDigest.Parse(part.Digest);
            var bundle = report.Bundles.Select(reported => reported.Bundle).FirstOrDefault(bundle => bundle.TravellingDigest == part.Digest);
            if (bundle is null || !store.Holds(digest, bundle.TravellingLength))
            {
                return false;
            }

            LogPushing(bundle.Kind, bundle.TravellingLength - part.StoredBytes, part.StoredBytes);
            var push = await upload.PushAsync(report, bundle, part.StoredBytes, cancellationToken);
            if (!push.Succeeded)
            {
                return true;
            }

            if (!push.Value && !await store.VerifyAsync(digest, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }
}
