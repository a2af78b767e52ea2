using System.Security.Cryptography.X509Certificates;

using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;
using Actors.Silo.Gateway;
using Actors.Silo.Hosting;
using Actors.Silo.OpenFl;
using Actors.Silo.Operations;
using Actors.Silo.Records;
using Actors.Silo.Security;
using Actors.Silo.Storage;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo;

/// <summary>The aggregator: an Orleans silo with its gateway, from start to end of one experiment.</summary>
public static partial class AggregatorProcess
{
    /// <summary>Builds the process; the caller starts, waits for and disposes it.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="trust">Decides about client certificates.</param>
    /// <param name="firstDifference">Names the first key in which two canonical plans differ.</param>
    /// <param name="configure">Adds logging and whatever else the caller wants; may be null.</param>
    public static WebApplication Build(
        AggregatorOptions options,
        IPeerTrust trust,
        Func<string, string, string> firstDifference,
        Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new());
        configure?.Invoke(builder);
        builder.Services.AddRouting();
        AddFederation(builder.Services, options);
        AddGateway(builder, options, trust, firstDifference);
        AddSilo(builder.Host, options);

        // After the silo: hosted services start in the order of their registration.
        builder.Services.AddHostedService(services => services.GetRequiredService<WaitingCalls>());
        builder.Services.AddHostedService<ExperimentStart>();
        builder.Services.AddHostedService<ExperimentEnd>();
        var app = builder.Build();
        app.MapGrpcService<GatewayService>();
        if (options.OpenFl is not null)
        {
            app.MapGrpcService<OpenFlService>();
        }

        app.MapGrpcService<OperatorService>();
        return app;
    }

    private static void AddFederation(IServiceCollection services, AggregatorOptions options)
    {
        services.AddSingleton(options.Rules);
        services.AddSingleton(options.Assigners);
        services.AddFederation();
        services.Configure<FederationOptions>(federation => federation.Lease = options.Lease);
        services.AddSingleton(options);
        services.TryAddSingleton<ITensorStore>(new FileTensorStore(options.StoreFolder, options.Durability));
        services.AddSingleton<IExperimentRecord>(provider => new ExperimentFiles(
            provider.GetRequiredService<ITensorStore>(), options.Files, Listener(options, provider.GetRequiredService<ILogger<HeardRounds>>())));
    }

    private static IProgress<RoundResult>? Listener(AggregatorOptions options, ILogger<HeardRounds> logger) =>
        options.HearMetric is { } hear ? new HeardRounds(hear, options.Rounds, logger) : options.Rounds;

    private static void AddSilo(IHostBuilder host, AggregatorOptions options) => host.UseOrleans(silo =>
    {
        var (siloPort, gatewayPort) = LoopbackPorts.FindTwo();
        silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: "actors", clusterId: "actors");
        silo.AddAdoNetGrainStorageAsDefault(storage =>
        {
            storage.Invariant = SqliteDatabase.Invariant;
            storage.ConnectionString = SqliteDatabase.Open(options.DatabaseFile, options.Durability);
        });
        silo.Services.AddSingleton<Orleans.Storage.IGrainStorageSerializer, Orleans.Storage.OrleansGrainStorageSerializer>();
    });

    private static void AddGateway(
        WebApplicationBuilder builder, AggregatorOptions options, IPeerTrust trust, Func<string, string, string> firstDifference)
    {
        builder.Services
            .AddGrpc(grpc => grpc.MaxReceiveMessageSize = TensorTransfer.ChunkBytes + (1 << 20))
            .AddServiceOptions<GatewayService>(gateway => gateway.Interceptors.Add<AdmissionInterceptor>())
            .AddServiceOptions<OpenFlService>(openFl => openFl.Interceptors.Add<OpenFlInterceptor>());
        builder.Services.AddSingleton(trust);
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<Admission>(services, options.Experiment.Federation));
        builder.Services.AddSingleton<AdmissionInterceptor>();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<WaitingCalls>(services, options.Experiment));
        builder.Services.AddSingleton(new JoinCheck(options, firstDifference));
        builder.Services.TryAddSingleton<StatusReader>();
        builder.Services.TryAddSingleton<TensorTransfer>();
        builder.Services.TryAddSingleton<HeldWork>();
        builder.Services.TryAddSingleton<Farewells>();
        builder.Services.TryAddSingleton<ExperimentEnding>();
        if (options.OpenFl is { } openFl)
        {
            AddOpenFl(builder.Services, openFl);
        }

        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel((_, kestrel) => ConfigureKestrel(kestrel, options));

        // After the server's own: the last one counts.
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, WideBlocks>();
    }

    private static void AddOpenFl(IServiceCollection services, OpenFlOptions openFl)
    {
        services.AddSingleton(openFl);
        services.AddSingleton<OpenFlInterceptor>();
        services.AddSingleton<OpenFlNaming>();
        services.AddSingleton<OpenFlTensors>();
        services.AddSingleton<OpenFlResults>();
        services.AddSingleton<OpenFlPresence>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenFlPresence>());
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, AggregatorOptions options)
    {
        var trust = kestrel.ApplicationServices.GetRequiredService<IPeerTrust>();
        var logger = kestrel.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Actors.Silo.Handshake");

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
        if (options.OperatorSocket is { } socket)
        {
            OperatorSocket.Listen(kestrel, socket);
        }

        kestrel.Listen(options.Endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = options.Certificate;
                https.SslProtocols = options.TlsVersions;
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.CheckCertificateRevocation = false; // Our own list decides, in the trust.
                https.ClientCertificateValidation = (certificate, _, _) => Accepts(trust, certificate, logger);
                https.OnAuthenticate = (_, tls) => tls.CertificateChainPolicy = NoChain();
            });
        });
    }

    // The platform would look for a path to an authority of the machine's at every handshake. Collaborators of the original make one for each call.
    private static X509ChainPolicy NoChain() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };

    // The platform's verdict is not asked: it knows nothing of the federation's own authority.
    private static bool Accepts(IPeerTrust trust, X509Certificate2 certificate, ILogger logger)
    {
        if (trust.ProblemWith(certificate) is not { } problem)
        {
            return true;
        }

        LogHandshakeRefused(logger, certificate.Subject, problem);
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "Refused the handshake of {Subject}: {Problem}")]
    private static partial void LogHandshakeRefused(ILogger logger, string subject, string problem);
}
