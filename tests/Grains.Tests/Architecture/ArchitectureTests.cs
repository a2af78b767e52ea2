using System.Reflection;

using Actors.Contracts.Identity;
using Actors.Grains.Federations;

namespace Actors.Grains.Architecture.Tests;

public class ArchitectureTests
{
    private static readonly Assembly Contracts = typeof(FederationId).Assembly;
    private static readonly Assembly Grains = typeof(IFederationGrain).Assembly;

    [Theory]
    [InlineData("Orleans")]
    [InlineData("Microsoft.Orleans")]
    [InlineData("Grpc.AspNetCore")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("TorchSharp")]
    [InlineData("Actors.")]
    public void Contracts_KnowNobody(string prefix) => Assert.DoesNotContain(Contracts.GetReferencedAssemblies(), StartsWith(prefix));

    [Theory]
    [InlineData("TorchSharp")]
    [InlineData("Grpc.AspNetCore")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Actors.Silo")]
    [InlineData("Actors.Learning")]
    public void Grains_NeedNoSocketsAndNoLibtorch(string prefix) => Assert.DoesNotContain(Grains.GetReferencedAssemblies(), StartsWith(prefix));

    [Fact]
    public void Grains_AreInternalAndSealed()
    {
        var grains = Grains.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(Grain))).ToList();
        Assert.Equal(9, grains.Count);
        Assert.All(grains, grain => Assert.True(grain.IsNotPublic && grain.IsSealed, $"{grain.Name} is a door that anybody could rebuild"));
    }

    [Fact]
    public void WhatDecides_HoldsNoGrain()
    {
        Type[] deciders =
        [
            typeof(Rounds.Round), typeof(Experiments.Experiment), typeof(Collaborators.Acceptance), typeof(Collaborators.Lease),
            typeof(Membership), typeof(Queue.ExperimentQueue), typeof(Asynchronous.Turns), typeof(Tensors.TensorCatalogue), typeof(Aggregation.WeightedAverage), typeof(Stragglers.Percentage),
        ];
        var named = deciders
            .SelectMany(type => type.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .SelectMany(TypesNamedBy)
            .Select(type => type.Assembly.GetName().Name!);
        Assert.DoesNotContain(named, name => name.StartsWith("Orleans", StringComparison.Ordinal));
    }

    private static Predicate<AssemblyName> StartsWith(string prefix) => name => name.Name!.StartsWith(prefix, StringComparison.Ordinal);

    private static IEnumerable<Type> TypesNamedBy(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType),
        _ => [],
    };
}
