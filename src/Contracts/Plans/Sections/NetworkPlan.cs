using System.Security.Authentication;

namespace Actors.Contracts.Plans;

/// <summary>
/// The plan's <c>network</c> section. Connections are always mutual TLS: a plan that asks for less is refused, so there is
/// nothing about it to hold here.
/// </summary>
/// <param name="AggregatorAddress">The host the collaborators dial; null while the plan says <c>auto</c>.</param>
/// <param name="AggregatorPort">The port, from 1 to 65535; null while the plan says <c>auto</c>.</param>
/// <param name="MinimumTls">The lowest TLS version either side accepts. Default: <see cref="Plans.MinimumTls.Tls13"/>.</param>
/// <param name="ClientReconnectInterval">The pause before a collaborator tries an unreachable aggregator again. Default: 5 seconds.</param>
/// <param name="Lease">How long a silent collaborator still counts as present. Default: 60 seconds.</param>
/// <param name="RequireExtendedKeyUsage">
/// Whether a certificate must say which role it is made for. With false the certificates of an authority that does not say so
/// are accepted; the cost: a collaborator's certificate without a role then serves as an aggregator's too, where it names the
/// aggregator's host. Default: true.
/// </param>
public sealed record NetworkPlan(
    string? AggregatorAddress,
    int? AggregatorPort,
    MinimumTls MinimumTls,
    TimeSpan ClientReconnectInterval,
    TimeSpan Lease,
    bool RequireExtendedKeyUsage)
{
    /// <summary>The TLS versions that are spoken: the lowest that is accepted, and those above it.</summary>
    public SslProtocols TlsVersions => MinimumTls == MinimumTls.Tls12 ? SslProtocols.Tls12 | SslProtocols.Tls13 : SslProtocols.Tls13;
}
