using System.Diagnostics.CodeAnalysis;

namespace Actors.Contracts.Plans;

/// <summary>What came of reading a plan: the plan, or everything that is wrong with it.</summary>
/// <param name="Plan">The checked plan; null exactly when there are problems.</param>
/// <param name="Problems">All problems in the order of the file; empty exactly when there is a plan.</param>
public sealed record PlanResult(Plan? Plan, PlanProblems Problems)
{
    /// <summary>Whether the plan can be used.</summary>
    [MemberNotNullWhen(true, nameof(Plan))]
    public bool IsValid => Plan is not null;
}
