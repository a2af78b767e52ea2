using System.Security.Cryptography;

using Actors.Contracts.Federations;
using Actors.Contracts.Identity;
using Actors.Grains.Hosting;
using Actors.Grains.Queue;
using Actors.Silo.Gateway;

using Google.Protobuf;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Federations;

/// <summary>What collaborators' hosts ask and say between experiments.</summary>
internal sealed class HostsService(IGrainFactory grains, FederationServerOptions options, QueueWatch watch, TimeProvider clock) : Wire.Hosts.HostsBase
{
    // A reason is kept, and it is for a person to read.
    private const int LongestText = 1000;

    private IQueueGrain Queue => grains.GetQueue(options.Federation);

    public override async Task<Wire.AttendReply> Attend(Wire.AttendRequest request, ServerCallContext context)
    {
        if (request.Parallel < 1)
        {
            throw new ArgumentException($"A host that takes part in {request.Parallel} experiments is none. Set parallel in its policy to 1 or more.");
        }

        var caller = AdmissionInterceptor.CallerOf(context);
        var started = clock.GetTimestamp();
        while (true)
        {
            var change = watch.NextChange;
            await Queue.AttendAsync(caller, new(request.Parallel, Bounded(request.Data), Bounded(request.Version)));
            var reply = ReplyTo(caller, await Queue.GetReportAsync());
            var left = options.Hold - clock.GetElapsedTime(started);
            if (reply.List != request.Known || left <= TimeSpan.Zero)
            {
                return reply;
            }

            await ChangeSignal.WaitAsync(change, left, clock, context.CancellationToken);
        }
    }

    public override async Task<Wire.AnswerReply> Answer(Wire.AnswerRequest request, ServerCallContext context)
    {
        if (!Enum.IsDefined(request.Answer) || request.Answer == Wire.HostAnswer.None)
        {
            throw new ArgumentException($"{request.Answer} is no answer. Use the collaborator software of the aggregator's version.");
        }

        var answer = new HostAnswer(AdmissionInterceptor.CallerOf(context), (AnswerKind)request.Answer, Bounded(request.Reason));
        return new() { Counts = await Queue.AnswerAsync(request.Name, request.Digest, answer, context.CancellationToken) };
    }

    public override async Task PullArchive(
        Wire.PullArchiveRequest request, IServerStreamWriter<Wire.ArchivePart> responseStream, ServerCallContext context)
    {
        var caller = AdmissionInterceptor.CallerOf(context);
        if ((await Queue.GetReportAsync()).Find(request.Name) is not { } experiment || !experiment.IsFor(caller))
        {
            throw new RpcException(new(StatusCode.NotFound, $"There is no experiment '{request.Name}' for {caller} (any more). Attend, and look at the list."));
        }

        var folder = new SubmissionFolder(options.ExperimentsFolder, experiment.Submission);
        await responseStream.WriteAsync(new() { Seal = folder.Seal.Read().ToMessage() }, context.CancellationToken);
        await FileParts.SendAsync(folder.Archive, request.Offset, responseStream, context.CancellationToken);
    }

    private static string Bounded(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private Wire.AttendReply ReplyTo(CollaboratorName caller, QueueReport report)
    {
        var reply = new Wire.AttendReply();
        reply.Experiments.AddRange(report.Experiments.Where(experiment => experiment.IsFor(caller)).Select(experiment => new Wire.HostExperiment
        {
            Name = experiment.Name,
            Experiment = experiment.IdIn(options.Federation).ToString(),
            Digest = experiment.Submission.Digest,
            ArchiveBytes = experiment.Submission.ArchiveBytes,
            Running = experiment.Phase == QueuePhase.Started,
            Answer = (Wire.HostAnswer)experiment.AnswerOf(caller),
        }));
        reply.List = Convert.ToHexStringLower(SHA256.HashData(reply.ToByteArray()));
        reply.HoldSeconds = (int)Math.Ceiling(options.Hold.TotalSeconds);
        return reply;
    }
}
