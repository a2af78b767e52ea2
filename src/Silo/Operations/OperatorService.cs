using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Silo.Gateway;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Operations;

/// <summary>What the operator asks and orders. Answers on the operator's socket only.</summary>
internal sealed class OperatorService(IGrainFactory grains, AggregatorOptions options, StatusReader status) : Wire.Operator.OperatorBase
{
    private IExperimentGrain Experiment => grains.GetExperiment(options.Experiment);

    public override Task<Wire.ExperimentStatus> GetStatus(Wire.StatusRequest request, ServerCallContext context) =>
        AnswerAsync(context, () => status.ReadAsync(options.Experiment, options.Members));

    public override Task<Wire.OperatorReply> Pause(Wire.PauseRequest request, ServerCallContext context) => OrderAsync(
        context, () => Experiment.PauseAsync(Reason(request.Reason, "paused by the operator"), context.CancellationToken));

    public override Task<Wire.OperatorReply> Resume(Wire.ResumeRequest request, ServerCallContext context) =>
        OrderAsync(context, () => Experiment.ResumeAsync(context.CancellationToken));

    public override Task<Wire.OperatorReply> Stop(Wire.StopRequest request, ServerCallContext context) => OrderAsync(
        context, () => Experiment.StopAsync(Reason(request.Reason, "stopped by the operator"), context.CancellationToken));

    private static string Reason(string given, string otherwise) => given.Length > 0 ? given : otherwise;

    private static Task<Wire.OperatorReply> OrderAsync(ServerCallContext context, Func<Task<CurrentRound>> order) => AnswerAsync(
        context,
        async () =>
        {
            var current = await order();
            return new Wire.OperatorReply { Lifecycle = StatusReader.Name(current.Lifecycle), Reason = current.Reason, Round = current.Round };
        });

    private static async Task<T> AnswerAsync<T>(ServerCallContext context, Func<Task<T>> answer)
    {
        if (!OperatorSocket.Carries(context))
        {
            throw new RpcException(new(StatusCode.PermissionDenied, "Operators' calls are taken on the aggregator's own machine only."));
        }

        try
        {
            return await answer();
        }
        catch (Exception problem) when (problem is not RpcException)
        {
            throw new RpcException(GatewayStatus.Of(problem));
        }
    }
}
