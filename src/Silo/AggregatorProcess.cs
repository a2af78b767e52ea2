using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;
using Actors.Silo.Gateway;
using Actors.Silo.Hosting;
using Actors.Silo.OpenFl;
using Actors.Silo.Operations;
using Actors.Silo.Records;
using Actors.Silo.Security;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Actors.Silo;

/// <summary>The aggregator: an Orleans silo with its gateway, from start to end of one experiment.</summary>
public static class AggregatorProcess
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
        AddExperiment(builder.Services, options);
        builder.AddSilo(options, trust, trust.ProblemWith, firstDifference, options.OperatorSocket);
        builder.Services.AddHostedService<ExperimentStart>();
        builder.Services.AddHostedService<ExperimentEnd>();
        var app = builder.Build();
        app.MapGrpcService<GatewayService>();
        TensorEndpoints.Map(app);
        if (options.OpenFl is not null)
        {
            app.MapGrpcService<OpenFlService>();
        }

        app.MapGrpcService<OperatorService>();
        return app;
    }

    private static void AddExperiment(IServiceCollection services, AggregatorOptions options)
    {
        services.AddSingleton(options.Rules);
        services.AddSingleton(options.Assigners);
        services.AddSingleton(options);
        services.AddSingleton<IServedExperiments, OnlyExperiment>();
        services.AddSingleton<IExperimentRecord>(provider => new ExperimentFiles(
            provider.GetRequiredService<ITensorStore>(), options.Files, Listener(options, provider.GetRequiredService<ILogger<HeardRounds>>())));
        services.TryAddSingleton<ExperimentEnding>();
        if (options.OpenFl is { } openFl)
        {
            AddOpenFl(services, openFl);
        }
    }

    private static IProgress<RoundResult>? Listener(AggregatorOptions options, ILogger<HeardRounds> logger) =>
        options.HearMetric is { } hear ? new HeardRounds(hear, options.Rounds, logger) : options.Rounds;

    private static void AddOpenFl(IServiceCollection services, OpenFlOptions openFl)
    {
        services.AddGrpc().AddServiceOptions<OpenFlService>(service => service.Interceptors.Add<OpenFlInterceptor>());
        services.AddSingleton(openFl);
        services.AddSingleton<OpenFlInterceptor>();
        services.AddSingleton<OpenFlNaming>();
        services.AddSingleton<OpenFlTensors>();
        services.AddSingleton<OpenFlResults>();
        services.AddSingleton<OpenFlPresence>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenFlPresence>());
    }
}
