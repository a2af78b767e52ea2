namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>assigner</c> section.</summary>
/// <param name="Template">Our name of the assigner, like <c>random_grouped</c>, or a class of the workspace.</param>
/// <param name="TaskGroups">The groups in the order of the plan; at least one for the built-in assigners, none for a class of the workspace.</param>
/// <param name="Seed">What random draws start from, so that all runs draw alike. Default: 0.</param>
/// <param name="Settings">All settings, for assigners that have more.</param>
/// <param name="IsOwn">Whether the assigner is a class of the workspace.</param>
public sealed record AssignerPlan(string Template, IReadOnlyList<TaskGroupPlan> TaskGroups, long Seed, PlanSettings Settings, bool IsOwn)
{
    /// <summary>The plan's own setting of every assigner, which is no parameter of a class.</summary>
    internal const string SeedKey = "seed";

    /// <summary>The settings that a class of the workspace takes: all but the seed.</summary>
    public PlanSettings OwnSettings => new(
        Settings.Values with { Entries = [.. Settings.Values.Entries.Where(entry => entry.Key != SeedKey)] }, []);
}
