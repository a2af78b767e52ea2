using System.Security.Cryptography.X509Certificates;

using Actors.Grains.Hosting;
using Actors.Grains.Tensors;
using Actors.Silo.Gateway;
using Actors.Silo.Hosting;
using Actors.Silo.Operations;
using Actors.Silo.Security;
using Actors.Silo.Storage;
using Actors.Silo.Transport;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

using Orleans.Configuration;

namespace Actors.Silo;

/// <summary>What every silo with a gateway is made of, whatever it runs.</summary>
internal static class SiloComposition
{
    // A result's metrics and the layout of its tensors.
    private const int LargestMessageBytes = 1 << 20;

    /// <summary>The grains, their store and database, and the gateway that collaborators dial.</summary>
    /// <param name="builder">Takes it all.</param>
    /// <param name="options">What the silo is started with.</param>
    /// <param name="trust">Decides about collaborators' certificates.</param>
    /// <param name="problemWithClient">What is wrong with the certificate of whoever dials; null when the handshake may go on.</param>
    /// <param name="firstDifference">Names the first key in which two canonical plans differ.</param>
    /// <param name="operatorSocket">The path of the socket for the operator's commands; null for none.</param>
    public static void AddSilo(
        this WebApplicationBuilder builder,
        SiloOptions options,
        IPeerTrust trust,
        Func<X509Certificate2, string?> problemWithClient,
        Func<string, string, string> firstDifference,
        string? operatorSocket = null)
    {
        builder.Services.AddRouting();
        builder.Services.AddSingleton(options);
        builder.Services.AddFederation();
        builder.Services.Configure<FederationOptions>(federation => federation.Lease = options.Lease);
        builder.Services.TryAddSingleton<ITensorStore>(new FileTensorStore(options.StoreFolder, options.Durability));
        AddGateway(builder, options, trust, firstDifference);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => ConfigureKestrel(kestrel, options, operatorSocket));

        // After the server's own: the last one counts, where it can listen.
        builder.Services.AddSingleton<IConnectionListenerFactory>(services =>
            ActivatorUtilities.CreateInstance<TlsTransport>(services, new TlsHandshake(options.Certificate, options.TlsVersions, problemWithClient)));
        AddOrleans(builder.Host, options);

        // After the silo: hosted services start in the order of their registration.
        builder.Services.AddHostedService(services => services.GetRequiredService<WaitingCalls>());
        builder.Services.AddHostedService<QuietCollection>();
    }

    private static void AddOrleans(IHostBuilder host, SiloOptions options) => host.UseOrleans(silo =>
    {
        var (siloPort, gatewayPort) = Hosting.LoopbackPorts.FindTwo();
        silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: "actors", clusterId: "actors");
        silo.AddAdoNetGrainStorageAsDefault(storage =>
        {
            storage.Invariant = SqliteDatabase.Invariant;
            storage.ConnectionString = SqliteDatabase.Open(options.DatabaseFile, options.Durability);
        });

        // A round that is over wakes once more for whoever did not know that yet. What waits keeps itself awake; to read a state again costs a millisecond.
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromMinutes(2));

        // Where grains are is known here anyway; the cache would keep a million places of rounds that are over.
        silo.Configure<GrainDirectoryOptions>(directory => directory.CachingStrategy = GrainDirectoryOptions.CachingStrategyType.None);
        silo.Services.AddSingleton<Orleans.Storage.IGrainStorageSerializer, Orleans.Storage.OrleansGrainStorageSerializer>();
    });

    private static void AddGateway(
        WebApplicationBuilder builder, SiloOptions options, IPeerTrust trust, Func<string, string, string> firstDifference)
    {
        builder.Services
            .AddGrpc(grpc => grpc.MaxReceiveMessageSize = LargestMessageBytes)
            .AddServiceOptions<GatewayService>(gateway => gateway.Interceptors.Add<AdmissionInterceptor>());
        builder.Services.AddSingleton(trust);
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<Admission>(services, options.Federation));
        builder.Services.AddSingleton<AdmissionInterceptor>();
        builder.Services.AddSingleton<WaitingCalls>();
        builder.Services.AddSingleton(new JoinCheck(options, firstDifference));
        builder.Services.TryAddSingleton<StatusReader>();
        builder.Services.TryAddSingleton<TensorTransfer>();
        builder.Services.TryAddSingleton<TensorEndpoints>();
        builder.Services.TryAddSingleton<HeldWork>();
        builder.Services.TryAddSingleton<Farewells>();
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, SiloOptions options, string? operatorSocket)
    {
        // Our answers' headers are few; a table of those already sent is 4 KB for each connection.
        kestrel.AllowResponseHeaderCompression = false;

        // Uploads are long streams: their size is bounded by the model, and a slow line is no attack.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;

        // A collaborator that waits keeps its connection: to make it anew costs both ends milliseconds, and the pings find those that are dead.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);

        // What a sender may have under way, and so what a stalled upload can take of the memory.
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 << 20;
        kestrel.Limits.Http2.InitialStreamWindowSize = 2 << 20;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(30);
        if (operatorSocket is { } socket)
        {
            OperatorSocket.Listen(kestrel, socket);
        }

        kestrel.Listen(options.Endpoint);
    }
}
