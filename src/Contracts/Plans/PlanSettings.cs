using System.Globalization;

namespace Actors.Contracts.Plans;

/// <summary>
/// Settings as the code that a template names reads them: what the plan gives, and else the schema's default.
/// They were checked when the plan was read, so a type that does not fit is the reader's mistake.
/// </summary>
public sealed class PlanSettings
{
    private readonly IReadOnlyList<Setting> _schema;

    /// <summary>Settings over a map and its schema; an empty schema means that the keys are free and have no defaults.</summary>
    public PlanSettings(PlanValue.Map values, IReadOnlyList<Setting> schema)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(schema);
        (Values, _schema) = (values, schema);
    }

    /// <summary>What the plan gives, without defaults.</summary>
    public PlanValue.Map Values { get; }

    /// <summary>The value of a key, else its default, else null.</summary>
    public PlanValue? Find(string key) => Values.Find(key) ?? _schema.FirstOrDefault(setting => setting.Key == key)?.Default;

    /// <summary>A whole number.</summary>
    /// <exception cref="InvalidOperationException">The key has neither value nor default, or another type.</exception>
    public long Whole(string key) => Find(key) is PlanValue.Whole whole ? whole.Value : throw Unfit(key, "a whole number");

    /// <summary>A number; a whole number counts as one.</summary>
    /// <exception cref="InvalidOperationException">The key has neither value nor default, or another type.</exception>
    public double Number(string key) => Find(key) switch
    {
        PlanValue.Number number => number.Value,
        PlanValue.Whole whole => whole.Value,
        _ => throw Unfit(key, "a number"),
    };

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <exception cref="InvalidOperationException">The key has neither value nor default, or another type.</exception>
    public bool Flag(string key) => Find(key) is PlanValue.Flag flag ? flag.Value : throw Unfit(key, "a flag");

    /// <summary>A text; a number is given as it is written in a plan.</summary>
    /// <exception cref="InvalidOperationException">The key has neither value nor default, or is a list or map.</exception>
    public string Text(string key) => Find(key) switch
    {
        PlanValue.Text text => text.Value,
        PlanValue.Number or PlanValue.Whole => Find(key)!.Shown,
        _ => throw Unfit(key, "a text"),
    };

    /// <summary>The texts of a list; empty when the key is left out.</summary>
    /// <exception cref="InvalidOperationException">The value is no list, or one of its items is no text.</exception>
    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        null => [],
        PlanValue.Items list => [.. list.Values.Select(item => item is PlanValue.Text text ? text.Value : throw Unfit(key, "a list of texts"))],
        _ => throw Unfit(key, "a list of texts"),
    };

    /// <summary>A map as settings with their own schema; empty when the key is left out.</summary>
    /// <exception cref="InvalidOperationException">The value is no map.</exception>
    public PlanSettings Map(string key) => Find(key) switch
    {
        null => new PlanSettings(new PlanValue.Map([], Values.PathOf(key), default), FieldsOf(key)),
        PlanValue.Map map => new PlanSettings(map, FieldsOf(key)),
        _ => throw Unfit(key, "a map"),
    };

    /// <summary>The maps of a list, each as settings; empty when the key is left out.</summary>
    /// <exception cref="InvalidOperationException">The value is no list, or one of its items is no map.</exception>
    public IReadOnlyList<PlanSettings> Maps(string key) => Find(key) switch
    {
        null => [],
        PlanValue.Items list => [.. list.Values.Select(item => item is PlanValue.Map map ? new PlanSettings(map, FieldsOf(key)) : throw Unfit(key, "a list of maps"))],
        _ => throw Unfit(key, "a list of maps"),
    };

    /// <summary>
    /// The same values under a schema: how code that owns free settings, like a data loader, checks what the plan gives it.
    /// </summary>
    /// <param name="schema">What the code understands.</param>
    /// <param name="problems">Where unknown keys, missing keys and wrong values are appended; when it grows, do not read the result.</param>
    public PlanSettings Under(IReadOnlyList<Setting> schema, PlanProblems problems)
    {
        SettingsSchema.Check(Values, schema, problems);
        return new PlanSettings(Values, schema);
    }

    private IReadOnlyList<Setting> FieldsOf(string key) => _schema.FirstOrDefault(setting => setting.Key == key) switch
    {
        MapSetting map => map.Fields,
        MapsSetting maps => maps.Fields,
        _ => [],
    };

    private InvalidOperationException Unfit(string key, string wanted) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{Values.PathOf(key)} is {Find(key)?.Shown ?? "absent"} and is read as {wanted}; its schema must say so."));
}
