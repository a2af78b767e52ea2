namespace Actors.Contracts.Plans;

internal sealed class TextsSetting(string key) : Setting(key)
{
    public override string Right => "a list of texts, like [a, b]";

    public override void Check(PlanValue value, PlanProblems problems)
    {
        base.Check(value, problems);
        var item = Text(Key);
        foreach (var text in (value as PlanValue.Items)?.Values ?? [])
        {
            item.Check(text, problems);
        }
    }

    private protected override string? Fault(PlanValue value) => value switch
    {
        PlanValue.Items { Values.Count: > 0 } => null,
        PlanValue.Items => "is empty",
        _ => "is not a list",
    };
}
