using Actors.Contracts.Identity;
using Actors.Contracts.Wire.OpenFl;
using Actors.Grains.Collaborators;
using Actors.Silo.Gateway;

using Grpc.Core;

namespace Actors.Silo.OpenFl;

/// <summary>The original's protocol: its collaborators take part in an experiment beside our own hosts.</summary>
internal sealed class OpenFlService(
    AggregatorOptions options, OpenFlNaming naming, HeldWork work, OpenFlTensors tensors, OpenFlResults results, OpenFlPresence presence)
    : Aggregator.AggregatorBase
{
    // Seconds. Held calls have waited already; this only must not be 0.
    private const int AskAgainAfter = 1;

    public override async Task<GetTasksResponse> GetTasks(GetTasksRequest request, ServerCallContext context)
    {
        var (name, header) = Check(request.Header, context);
        if (options.Definition.Plan.IsAsynchronous)
        {
            throw OpenFlStatus.Never("The plan has no rounds to wait for (async), which this collaborator cannot do. Choose another straggler policy.");
        }

        var answer = await work.AskAsync(options.Experiment, name, context);
        presence.Told(name, answer);
        var reply = new GetTasksResponse
        {
            Header = header,
            RoundNumber = answer.Round,
            SleepTime = answer.Kind == WorkKind.Wait ? AskAgainAfter : 0,
            Quit = answer.Kind is WorkKind.Finished or WorkKind.Stopped,
        };
        reply.Tasks.AddRange(answer.Tasks.Select(task => new Contracts.Wire.OpenFl.Task { Name = task }));
        return reply;
    }

    public override async Task<GetAggregatedTensorResponse> GetAggregatedTensor(GetAggregatedTensorRequest request, ServerCallContext context)
    {
        var (_, header) = Check(request.Header, context);
        return new()
        {
            Header = header,
            RoundNumber = request.RoundNumber,
            Tensor = await tensors.FindAsync(request),
        };
    }

    // The stream is read from the body beneath it: a model's bytes never become messages.
    public override async Task<SendLocalTaskResultsResponse> SendLocalTaskResults(
        IAsyncStreamReader<DataStream> requestStream, ServerCallContext context)
    {
        using var arrived = await results.ReceiveAsync(context.GetHttpContext().Request.BodyReader, context.CancellationToken);
        var (name, header) = Check(arrived.Results.Header, context);
        try
        {
            await results.OfferAsync(name, arrived, context.CancellationToken);
        }
        catch (Exception problem) when (OpenFlStatus.Of(problem).StatusCode == StatusCode.Unauthenticated)
        {
            presence.Ends(name);
            throw;
        }

        return new() { Header = header };
    }

    public override Task<PingResponse> Ping(PingRequest request, ServerCallContext context) =>
        System.Threading.Tasks.Task.FromResult(new PingResponse { Header = Check(request.Header, context).Header });

    // The name is the certificate's. What the message says must agree with it, and with the plan's names.
    private (CollaboratorName Name, MessageHeader Header) Check(MessageHeader? asked, ServerCallContext context)
    {
        var name = OpenFlInterceptor.CallerOf(context);
        asked ??= new();
        if (asked.Sender != name.Value)
        {
            throw OpenFlStatus.Never($"The certificate names '{name}', the message '{asked.Sender}'. Start the collaborator by the name in its certificate.");
        }

        if (naming.ProblemWith(asked) is { } problem)
        {
            throw OpenFlStatus.Never(problem);
        }

        return (name, new() { Sender = asked.Receiver, Receiver = asked.Sender, FederationUuid = asked.FederationUuid });
    }
}
