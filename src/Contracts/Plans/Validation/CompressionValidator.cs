namespace Actors.Contracts.Plans;

/// <summary>What sets most elements to zero is for changes of the model, never for the model itself.</summary>
internal sealed class CompressionValidator : IPlanValidator
{
    public void Check(PlanSections plan, PlanProblems problems)
    {
        var deltas = plan.Collaborator.Settings.Values.Find("delta_updates") is PlanValue.Flag { Value: true };
        if (!deltas && IsSparse(plan.Compression) && plan.Compression.Map.Find(PlanKeys.Template) is { } template)
        {
            problems.Add(
                template,
                "keeps a part of what is sent, which is right for the change of a model and wrong for a model; "
                + "write delta_updates: true in collaborator.settings.");
        }
    }

    private static bool IsSparse(PlanSection section) => section.Template switch
    {
        "top_k" or "stc" or "skc" => true,
        "pipeline" => section.Settings.Find("values") is PlanValue.Text { Value: "ternary" }
            || section.Settings.Find("fraction") is PlanValue.Number { Value: < 1 },
        _ => false,
    };
}
