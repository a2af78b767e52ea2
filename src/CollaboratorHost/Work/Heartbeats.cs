using Actors.CollaboratorHost.Gateway;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>Starts the heartbeats that go along with a round's work.</summary>
internal sealed class Heartbeats(GatewayClient gateway, TimeProvider clock, ILogger<Pulse> logger)
{
    // Two may be lost before the lease runs out.
    private const int BeatsPerLease = 3;

    /// <summary>Starts them; the caller disposes the pulse when the work is done.</summary>
    public Pulse Start(Wire.JoinAccepted joined, int round, CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromSeconds(Math.Max(joined.LeaseSeconds, 1)) / BeatsPerLease;
        return new(gateway, joined.Experiment, round, interval, clock, logger, cancellationToken);
    }
}
