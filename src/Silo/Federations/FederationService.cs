using System.Text;

using Actors.Contracts.Federations;
using Actors.Contracts.Identity;
using Actors.Contracts.Workspaces;
using Actors.Grains.Hosting;
using Actors.Grains.Queue;
using Actors.Silo.Gateway;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Federations;

/// <summary>What operators ask and order.</summary>
internal sealed class FederationService(
    IGrainFactory grains,
    FederationServerOptions options,
    SubmissionArrival arrival,
    ExperimentReports reports,
    QueuedExperiments served,
    TimeProvider clock) : Wire.Federation.FederationBase
{
    // A round's line may come a moment after the round has been announced.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan LongestAnswerTime = TimeSpan.FromDays(30);

    private IQueueGrain Queue => grains.GetQueue(options.Federation);

    public override async Task<Wire.ArrivedReply> GetArrived(Wire.ArrivedRequest request, ServerCallContext context) =>
        new() { Bytes = await arrival.ArrivedAsync(FileDigest.Parse(request.Digest).ToString(), context.CancellationToken) };

    public override async Task<Wire.SubmitReply> Submit(IAsyncStreamReader<Wire.SubmitRequest> requestStream, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        if (!await requestStream.MoveNext(cancellationToken) || requestStream.Current.Header is not { } header)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, "A submission starts with a header. Send it first."));
        }

        var verdict = arrival.Verify(header);
        var submission = SubmissionOf(header, verdict.Digests!.Name, verdict.Author!, OperatorInterceptor.CallerOf(context));

        // Looked at before the bytes come; decided below, since two may come at once.
        if ((await Queue.GetReportAsync()).Find(submission.Name) is { } known)
        {
            return Reply(submission, known.Submission.Digest == submission.Digest ? SubmitOutcome.Already : SubmitOutcome.NameTaken);
        }

        await arrival.ReceiveAsync(header, verdict.Digests, requestStream, cancellationToken);
        return Reply(submission, await Queue.SubmitAsync(submission, cancellationToken));
    }

    public override async Task<Wire.ListReply> List(Wire.ListRequest request, ServerCallContext context)
    {
        var reply = new Wire.ListReply();
        reply.Experiments.AddRange(await reports.ListAsync());
        return reply;
    }

    public override async Task<Wire.ListCollaboratorsReply> ListCollaborators(Wire.ListCollaboratorsRequest request, ServerCallContext context)
    {
        var members = await grains.GetFederation(options.Federation).GetMembersAsync();
        var hosts = (await Queue.GetReportAsync()).Hosts;
        var reply = new Wire.ListCollaboratorsReply();
        reply.Collaborators.AddRange(members.Select(name => hosts.TryGetValue(name, out var host)
            ? new Wire.RegisteredCollaborator { Name = name.Value, Here = true, Data = host.Data, Parallel = host.Parallel, Version = host.Version }
            : new Wire.RegisteredCollaborator { Name = name.Value }));
        return reply;
    }

    public override async Task<Wire.ExperimentReport> GetExperiment(Wire.ExperimentRequest request, ServerCallContext context) =>
        await reports.FindAsync(request.Name) ?? throw Unknown(request.Name);

    public override async Task StreamMetrics(
        Wire.ExperimentRequest request, IServerStreamWriter<Wire.MetricsLine> responseStream, ServerCallContext context)
    {
        var offset = 0L;
        while (true)
        {
            // Taken before the file is read: the files are the last word on an experiment that is over.
            var experiment = await FindAsync(request.Name);
            (var lines, offset) = CompleteLines(new SubmissionFolder(options.ExperimentsFolder, experiment.Submission).Results.Metrics, offset);
            foreach (var line in lines)
            {
                await responseStream.WriteAsync(new() { Json = line }, context.CancellationToken);
            }

            if (experiment.Phase == QueuePhase.Ended)
            {
                return;
            }

            await Task.Delay(Look, clock, context.CancellationToken);
        }
    }

    public override async Task PullModel(
        Wire.PullModelRequest request, IServerStreamWriter<Wire.ArchivePart> responseStream, ServerCallContext context)
    {
        var files = new SubmissionFolder(options.ExperimentsFolder, (await FindAsync(request.Name)).Submission).Results;
        var path = request.Best ? files.BestModel : files.LastModel;
        if (!File.Exists(path))
        {
            throw new RpcException(new(
                StatusCode.NotFound, $"The experiment '{request.Name}' has no {(request.Best ? "best" : "last")} model (yet). Ask where it stands: fx experiment status -n {request.Name}"));
        }

        await FileParts.SendAsync(path, 0, responseStream, context.CancellationToken);
    }

    public override async Task<Wire.ExperimentReport> StopExperiment(Wire.StopExperimentRequest request, ServerCallContext context)
    {
        var reason = request.Reason.Length > 0 ? request.Reason : $"stopped by {OperatorInterceptor.CallerOf(context)}";
        return await Queue.StopAsync(request.Name, reason, context.CancellationToken)
            ? await reports.FindAsync(request.Name) ?? throw Unknown(request.Name)
            : throw Unknown(request.Name);
    }

    public override Task<Wire.ExperimentReport> PauseExperiment(Wire.PauseExperimentRequest request, ServerCallContext context)
    {
        var reason = request.Reason.Length > 0 ? request.Reason : $"paused by {OperatorInterceptor.CallerOf(context)}";
        return OrderAsync(request.Name, () => Queue.PauseAsync(request.Name, reason, context.CancellationToken));
    }

    public override Task<Wire.ExperimentReport> ResumeExperiment(Wire.ExperimentRequest request, ServerCallContext context) =>
        OrderAsync(request.Name, () => Queue.ResumeAsync(request.Name, context.CancellationToken));

    public override async Task<Wire.RemoveReply> Remove(Wire.ExperimentRequest request, ServerCallContext context)
    {
        var experiment = await FindAsync(request.Name);
        var outcome = await Queue.RemoveAsync(request.Name, context.CancellationToken);
        if (outcome == RemoveOutcome.NotEnded)
        {
            throw new RpcException(new(StatusCode.FailedPrecondition, $"The experiment '{request.Name}' is not over. Stop it first: fx experiment stop -n {request.Name}"));
        }

        served.Forget(experiment.IdIn(options.Federation));
        return outcome == RemoveOutcome.Removed ? new() : throw Unknown(request.Name);
    }

    private static Submission SubmissionOf(Wire.SubmitHeader header, string name, string author, string submitter)
    {
        if (header.AnswerSeconds < 0 || header.AnswerSeconds > LongestAnswerTime.TotalSeconds)
        {
            throw new ArgumentException($"Answers cannot be waited for {header.AnswerSeconds} seconds; write from 0, which waits for all, to {LongestAnswerTime.TotalSeconds:0}.");
        }

        return new(
            name,
            header.Seal.ToSigned().Digest,
            header.ArchiveBytes,
            author,
            submitter,
            [.. header.Collaborators.Select(collaborator => new CollaboratorName(collaborator))],
            header.AnswerSeconds > 0 ? TimeSpan.FromSeconds(header.AnswerSeconds) : null);
    }

    private static Wire.SubmitReply Reply(Submission submission, SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.Queued or SubmitOutcome.Already => new() { Name = submission.Name, Already = outcome == SubmitOutcome.Already },
        SubmitOutcome.NameTaken => throw new RpcException(new(
            StatusCode.AlreadyExists, $"Another experiment is called '{submission.Name}'. Choose another name, or remove that one: fx experiment remove -n {submission.Name}")),
        SubmitOutcome.NobodyToAsk => throw new RpcException(new(
            StatusCode.FailedPrecondition, "The federation has no members. Sign a collaborator's request first: fx collaborator certify --request-pkg ZIP")),
        _ => throw new RpcException(new(
            StatusCode.InvalidArgument,
            $"Of {string.Join(", ", submission.Asked)} not all are members of the federation. See who is: fx federation collaborators")),
    };

    // The lines from an offset on, and the offset of what comes next: a line that is just being written is left for the next time.
    private static (IReadOnlyList<string> Lines, long Next) CompleteLines(string path, long offset)
    {
        if (!File.Exists(path))
        {
            return ([], offset);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(offset, SeekOrigin.Begin);
        using var rest = new MemoryStream();
        file.CopyTo(rest);
        var bytes = rest.GetBuffer().AsSpan(0, (int)rest.Length);
        var complete = bytes[..(bytes.LastIndexOf((byte)'\n') + 1)];
        return (Encoding.UTF8.GetString(complete).Split('\n', StringSplitOptions.RemoveEmptyEntries), offset + complete.Length);
    }

    private async Task<Wire.ExperimentReport> OrderAsync(string name, Func<Task<PauseOutcome>> order) => await order() switch
    {
        PauseOutcome.Unknown => throw Unknown(name),
        PauseOutcome.Ended => throw new RpcException(new(
            StatusCode.FailedPrecondition, $"The experiment '{name}' is over; nothing was changed. See how it ended: fx experiment status -n {name}")),
        _ => await reports.FindAsync(name) ?? throw Unknown(name),
    };

    private async Task<QueuedExperiment> FindAsync(string name) => (await Queue.GetReportAsync()).Find(name) ?? throw Unknown(name);

    private static RpcException Unknown(string name) =>
        new(new(StatusCode.NotFound, $"The federation has no experiment '{name}'. See which there are: fx experiment list"));
}
