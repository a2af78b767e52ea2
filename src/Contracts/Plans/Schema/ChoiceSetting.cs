namespace Actors.Contracts.Plans;

internal sealed class ChoiceSetting : Setting
{
    private readonly IReadOnlyList<string> _choices;

    public ChoiceSetting(string key, IReadOnlyList<string> choices)
        : base(key) => (_choices, Default) = (choices, new PlanValue.Text(choices[0], key, default));

    public override string Right => string.Join(" or ", _choices);

    private protected override string? Fault(PlanValue value) => value switch
    {
        // A version like 1.3 is a number to YAML unless it is quoted; it means the text all the same.
        PlanValue.Text { Value: var text } when _choices.Contains(text) => null,
        PlanValue.Number when _choices.Contains(value.Shown) => null,
        _ => "is not a choice",
    };
}
