namespace Actors.Contracts.Plans;

internal sealed class TextSetting : Setting
{
    public TextSetting(string key, string? value)
        : base(key) => Default = value is null ? null : new PlanValue.Text(value, key, default);

    /// <summary>What the text is, for messages.</summary>
    public string Noun { get; init; } = "a text, in quotes if it looks like anything else";

    public override string Right => Noun;

    private protected override string? Fault(PlanValue value) => value switch
    {
        PlanValue.Text { Value.Length: > 0 } => null,
        PlanValue.Text => "is empty",
        _ => "is not a text",
    };
}
