namespace Actors.Grains.Experiments;

/// <summary>One choice by name with its numbers, as the plan made it.</summary>
/// <param name="Name">A name from the list of what can be chosen.</param>
/// <param name="Numbers">Its settings by the plan's key; a missing one takes its default.</param>
[GenerateSerializer, Immutable, Alias("policy-choice")]
public sealed record PolicyChoice([property: Id(0)] string Name, [property: Id(1)] IReadOnlyDictionary<string, double> Numbers)
{
    /// <summary>A choice without settings.</summary>
    public static PolicyChoice Named(string name) => new(name, new Dictionary<string, double>());

    /// <summary>A setting's value, or its default.</summary>
    public double Number(string key, double fallback) => Numbers.TryGetValue(key, out var value) ? value : fallback;
}
