namespace Actors.Contracts.Plans;

/// <summary>
/// A plan says nothing that would not be done: our hosts send updates as whole models, never as differences and never packed.
/// </summary>
internal sealed class WholeUpdatesValidator : IPlanValidator
{
    public void Check(PlanSections plan, PlanProblems problems)
    {
        if (plan.Collaborator.Settings.Values.Find("delta_updates") is PlanValue.Flag { Value: true } asked)
        {
            problems.Add(asked, "has no effect in this version, every update travels as a whole model; write false or remove the key.");
        }

        if (plan.Compression.Map.Find(PlanKeys.Template) is { } written && plan.Compression.Template is { } template and not "none")
        {
            problems.Add(written, $"has no effect in this version, every update travels as it is ({template} is for collaborators of OpenFL alone); write none.");
        }
    }
}
