namespace Actors.Experiments.Composition;

/// <summary>What a plan may call classes.</summary>
internal static class ClassNames
{
    /// <summary>Their full names, and the simple name of each that shares it with no other.</summary>
    public static IReadOnlyCollection<string> Of(IReadOnlyList<Type> types) =>
        [.. types.Select(type => type.FullName!).Concat(types.GroupBy(type => type.Name).Where(group => group.Count() == 1).Select(group => group.Key)).Distinct()];
}
