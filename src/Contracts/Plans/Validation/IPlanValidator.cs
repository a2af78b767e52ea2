namespace Actors.Contracts.Plans;

/// <summary>One thing that must hold in a plan beyond the shape of its sections.</summary>
internal interface IPlanValidator
{
    /// <summary>Appends what does not hold. Values of a wrong type were reported before; a validator passes over them.</summary>
    void Check(PlanSections plan, PlanProblems problems);
}
