using Actors.Grains.Aggregation;
using Actors.Grains.Assignment;
using Actors.Grains.Asynchronous;
using Actors.Grains.Intake;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Hosting;

/// <summary>What the grains need.</summary>
public static class FederationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the aggregator's services. The host adds an <see cref="Tensors.ITensorStore"/>, an
    /// <see cref="Experiments.IExperimentRecord"/> and Orleans' default storage.
    /// </summary>
    public static IServiceCollection AddFederation(this IServiceCollection services)
    {
        services.AddOptions<FederationOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(AggregationRules.BuiltIn);
        services.TryAddSingleton(Assigners.BuiltIn);
        services.TryAddSingleton<VersionAssignments>();
        services.TryAddSingleton<StoredAggregation>();
        services.TryAddSingleton<TaskAggregation>();
        services.TryAddSingleton<VersionAggregation>();
        services.TryAddSingleton<ResultIntake>();
        return services;
    }
}
