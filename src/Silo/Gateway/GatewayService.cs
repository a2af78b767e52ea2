using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Hosting;
using Actors.Grains.Intake;
using Actors.Grains.Tensors;

using Grpc.Core;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Gateway;

/// <summary>Our own protocol: every call is read, handed to a grain, and answered.</summary>
internal sealed partial class GatewayService(
    IGrainFactory grains,
    IServedExperiments experiments,
    JoinCheck joinCheck,
    ResultIntake intake,
    ITensorStore store,
    HeldWork work,
    ILogger<GatewayService> logger) : Wire.Gateway.GatewayBase
{
    public override async Task<Wire.JoinReply> Join(Wire.JoinRequest request, ServerCallContext context)
    {
        var name = AdmissionInterceptor.CallerOf(context);
        var experiment = await FindAsync(request.Experiment, context);
        var reply = joinCheck.Check(request, experiment);
        if (reply.Refused is { } refused)
        {
            LogJoinRefused(logger, name, refused.Message);
            return reply;
        }

        await CollaboratorOf(experiment.Id, context).RenewAsync();
        LogJoined(logger, name, request.Version);
        return reply;
    }

    public override async Task<Wire.GetTasksReply> GetTasks(Wire.GetTasksRequest request, ServerCallContext context)
    {
        var experiment = await ExperimentOfAsync(request.Experiment, context);
        return (await work.AskAsync(experiment, AdmissionInterceptor.CallerOf(context), context)).ToMessage();
    }

    public override async Task<Wire.Manifest> PullManifest(Wire.PullManifestRequest request, ServerCallContext context)
    {
        var manifest = store.FindManifest(await ExperimentOfAsync(request.Experiment, context), TensorDigest.Parse(request.ManifestHash));
        return manifest is not null
            ? manifest.ToMessage()
            : throw new RpcException(new(StatusCode.NotFound, $"The aggregator knows no manifest {request.ManifestHash}. Ask for tasks again."));
    }

    public override async Task<Wire.ReportReply> ReportResult(Wire.ResultReport request, ServerCallContext context)
    {
        var offered = request.ToOffered();
        _ = await ExperimentOfAsync(request.Experiment, context);
        var outcome = await intake.OfferAsync(AdmissionInterceptor.CallerOf(context), offered, context.CancellationToken);
        LogReported(logger, AdmissionInterceptor.CallerOf(context), offered.Round.Number, offered.Report.Task, outcome);
        return outcome.ToMessage();
    }

    public override async Task<Wire.HeartbeatReply> Heartbeat(Wire.HeartbeatRequest request, ServerCallContext context)
    {
        var experiment = await ExperimentOfAsync(request.Experiment, context);
        await CollaboratorOf(experiment, context).RenewAsync();
        var current = await grains.GetExperiment(experiment).GetCurrentAsync();
        return new() { Round = current.IsAsynchronous ? await TurnAsync(experiment, context) : current.Round };
    }

    // In an asynchronous experiment the model's version is no reason to give up what one is at.
    private Task<int> TurnAsync(ExperimentId experiment, ServerCallContext context) =>
        grains.GetContributor(new ContributorId(experiment, AdmissionInterceptor.CallerOf(context))).GetTurnAsync();

    private async ValueTask<ExperimentId> ExperimentOfAsync(string id, ServerCallContext context) =>
        id.Length > 0 ? (await FindAsync(id, context)).Id : throw new FormatException("The call names no experiment. Join, and name the one that the answer gives.");

    private ValueTask<ServedExperiment> FindAsync(string id, ServerCallContext context) =>
        experiments.FindOrRefuseAsync(id, AdmissionInterceptor.CallerOf(context));

    private ICollaboratorGrain CollaboratorOf(ExperimentId experiment, ServerCallContext context) =>
        grains.GetCollaborator(new CollaboratorId(experiment.Federation, AdmissionInterceptor.CallerOf(context)));

    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} joined with version {Version}")]
    private static partial void LogJoined(ILogger logger, CollaboratorName collaborator, string version);

    [LoggerMessage(LogLevel.Warning, "Collaborator {Collaborator} may not join: {Reason}")]
    private static partial void LogJoinRefused(ILogger logger, CollaboratorName collaborator, string reason);

    [LoggerMessage(LogLevel.Debug, "Collaborator {Collaborator} is sending task results for {Task}, round {Round}: {Outcome}")]
    private static partial void LogReported(ILogger logger, CollaboratorName collaborator, int round, string task, IntakeOutcome outcome);
}
