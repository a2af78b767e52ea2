using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Identity;
using Actors.Grains.Tensors;

namespace Actors.Silo;

/// <summary>What a silo with its gateway is started with, whatever it runs.</summary>
public abstract class SiloOptions
{
    /// <summary>The federation whose members are let in.</summary>
    public abstract FederationId Federation { get; }

    /// <summary>Who may take part.</summary>
    public required IReadOnlyList<CollaboratorName> Members { get; init; }

    /// <summary>The aggregator's certificate with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Where the gateway listens. Port 0 takes any that is free.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>The TLS versions that are spoken. Default: 1.3 only.</summary>
    public SslProtocols TlsVersions { get; init; } = SslProtocols.Tls13;

    /// <summary>The database file.</summary>
    public required string DatabaseFile { get; init; }

    /// <summary>The tensor store's folder.</summary>
    public required string StoreFolder { get; init; }

    /// <summary>What an accepted result survives. Default: a crash of the process.</summary>
    public Durability Durability { get; init; } = Durability.ProcessCrash;

    /// <summary>How long a collaborator counts as present after its last call. Default: 60 seconds.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call for work is held open. Default: 30 seconds.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(30);
}
