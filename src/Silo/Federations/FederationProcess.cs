using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Queue;
using Actors.Silo.Gateway;
using Actors.Silo.Security;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Federations;

/// <summary>
/// A long-lived federation: an Orleans silo with its gateway and no plan of its own. Operators give it experiments, which run with the
/// very grains that an aggregator runs.
/// </summary>
public static class FederationProcess
{
    /// <summary>Builds the process; the caller starts, waits for and disposes it.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="trust">Decides about client certificates.</param>
    /// <param name="firstDifference">Names the first key in which two canonical plans differ.</param>
    /// <param name="configure">Adds logging and whatever else the caller wants; may be null.</param>
    public static WebApplication Build(
        FederationServerOptions options,
        IFederationTrust trust,
        Func<string, string, string> firstDifference,
        Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(trust);
        var builder = WebApplication.CreateEmptyBuilder(new());
        configure?.Invoke(builder);
        AddQueue(builder.Services, options, trust);

        // The handshake lets both in; each service asks for its own. What is said of a certificate that is neither's is what a collaborator's lacks.
        builder.AddSilo(
            options, trust, certificate => trust.ProblemWithOperator(certificate) is null ? null : trust.ProblemWith(certificate), firstDifference);
        builder.Services.AddHostedService<FederationMembers>();
        builder.Services.AddHostedService(services => services.GetRequiredService<QueueWatch>());
        var app = builder.Build();
        app.MapGrpcService<GatewayService>();
        TensorEndpoints.Map(app);
        app.MapGrpcService<HostsService>();
        app.MapGrpcService<FederationService>();
        return app;
    }

    private static void AddQueue(IServiceCollection services, FederationServerOptions options, IFederationTrust trust)
    {
        services.AddSingleton(options);
        services.Configure<FederationOptions>(federation => federation.ParallelExperiments = options.Parallel);
        services.AddSingleton(trust);
        services.AddSingleton<IExperimentSource, SubmittedExperiments>();
        services.AddSingleton<IExperimentRecord, FederationRecord>();
        services.AddSingleton<QueuedExperiments>();
        services.AddSingleton<IServedExperiments>(provider => provider.GetRequiredService<QueuedExperiments>());
        services.AddSingleton<QueueWatch>();
        services.AddSingleton<SubmissionArrival>();
        services.AddSingleton<ExperimentReports>();
        services.AddSingleton<OperatorInterceptor>();
        services.AddGrpc()
            .AddServiceOptions<HostsService>(service => service.Interceptors.Add<AdmissionInterceptor>())
            .AddServiceOptions<FederationService>(service => service.Interceptors.Add<OperatorInterceptor>());
    }
}
