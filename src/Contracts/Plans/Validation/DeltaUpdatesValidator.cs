namespace Actors.Contracts.Plans;

/// <summary>A plan says nothing that would not be done: updates travel as whole models, never as differences.</summary>
internal sealed class DeltaUpdatesValidator : IPlanValidator
{
    public void Check(PlanSections plan, PlanProblems problems)
    {
        if (plan.Collaborator.Settings.Values.Find("delta_updates") is PlanValue.Flag { Value: true } asked)
        {
            problems.Add(asked, "has no effect in this version, every update travels as a whole model; write false or remove the key.");
        }
    }
}
