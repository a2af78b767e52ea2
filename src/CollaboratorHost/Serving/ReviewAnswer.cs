using Actors.CollaboratorHost.Gateway;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Serving;

/// <summary>Tells the federation what a person decided. The host that serves tells it too, should this not get through.</summary>
/// <param name="address">The gateway.</param>
/// <param name="credentials">The collaborator's.</param>
/// <param name="clock">The time.</param>
public sealed class ReviewAnswer(Uri address, GatewayCredentials credentials, TimeProvider clock) : IDisposable
{
    private readonly GatewayChannel _channel = new(address, credentials, clock);

    /// <summary>Sends it.</summary>
    /// <returns>Why it does not count, for a person; null when it does.</returns>
    public async Task<string?> SendAsync(ExperimentFolder folder, string experiment, bool accepts, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            var reply = await new Wire.Hosts.HostsClient(_channel.Invoker).AnswerAsync(
                new()
                {
                    Name = experiment,
                    Digest = folder.Seal.Read().Digest,
                    Answer = accepts ? Wire.HostAnswer.Accepted : Wire.HostAnswer.Refused,
                    Reason = reason,
                },
                deadline: clock.GetUtcNow().UtcDateTime.AddSeconds(30),
                cancellationToken: cancellationToken);
            return reply.Counts ? null : $"The decision is kept, but {experiment} does not wait for it any more: it has started, or is over.";
        }
        catch (RpcException failure) when (failure.StatusCode != StatusCode.Cancelled)
        {
            return $"The decision is kept; the host tells the federation when it is reached. {_channel.ReasonOf(failure)}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();
}
