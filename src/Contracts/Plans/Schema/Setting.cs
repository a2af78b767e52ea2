namespace Actors.Contracts.Plans;

/// <summary>
/// One key of a template's settings: its type, range and default. A template's schema is a list of these, one a line,
/// made with the methods below; a value that breaks it is reported with the remedy that <see cref="Right"/> names.
/// </summary>
public abstract class Setting
{
    private protected Setting(string key) => Key = key;

    /// <summary>The key as the plan spells it.</summary>
    public string Key { get; }

    /// <summary>Whether leaving the key out is a problem.</summary>
    public bool IsRequired { get; private set; }

    /// <summary>What stands for the key when it is left out; null when nothing does.</summary>
    public PlanValue? Default { get; private protected init; }

    /// <summary>What would be right, as it follows "write": "a whole number of at least 1".</summary>
    public abstract string Right { get; }

    /// <summary>A whole number within bounds, both included.</summary>
    public static Setting Whole(string key, long minimum = long.MinValue, long maximum = long.MaxValue, long? value = null) =>
        new WholeSetting(key, minimum, maximum, value);

    /// <summary>A number within bounds, both included; a whole number counts as one.</summary>
    public static Setting Number(string key, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity, double? value = null) =>
        new NumberSetting(key, minimum, maximum, value);

    /// <summary>A fraction from 0 to 1.</summary>
    public static Setting Fraction(string key, double? value = null) =>
        new NumberSetting(key, 0, 1, value) { Noun = "a fraction" };

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static Setting Flag(string key, bool? value = null) => new FlagSetting(key, value);

    /// <summary>A text that is not empty.</summary>
    public static Setting Text(string key, string? value = null) => new TextSetting(key, value);

    /// <summary>One of a few texts, upper and lower case told apart; the first is the default.</summary>
    public static Setting Choice(string key, params IReadOnlyList<string> choices) => new ChoiceSetting(key, choices);

    /// <summary>A path that stays inside the workspace.</summary>
    public static Setting WorkspacePath(string key, string? value = null) => new PathSetting(key, value);

    /// <summary>A list of at least one text.</summary>
    public static Setting Texts(string key) => new TextsSetting(key);

    /// <summary>A map with a schema of its own; an empty schema leaves its keys free.</summary>
    public static Setting Map(string key, params IReadOnlyList<Setting> fields) => new MapSetting(key, fields);

    /// <summary>A list of at least one map, all with the same schema.</summary>
    public static Setting Maps(string key, params IReadOnlyList<Setting> fields) => new MapsSetting(key, fields);

    /// <summary>Any value at all: for keys that the original knows and nothing here reads.</summary>
    public static Setting Anything(string key) => new AnySetting(key);

    /// <summary>Appends what is wrong with a value that was given for this key.</summary>
    public virtual void Check(PlanValue value, PlanProblems problems)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(problems);
        if (Fault(value) is { } fault)
        {
            problems.Add(value, $"{fault}; write {Right}.");
        }
    }

    /// <summary>A copy of this setting that must be given.</summary>
    public Setting Required()
    {
        var copy = (Setting)MemberwiseClone();
        copy.IsRequired = true;
        return copy;
    }

    /// <summary>What is wrong with a value, as it follows the value: "is over 1"; null when it is right.</summary>
    private protected virtual string? Fault(PlanValue value) => null;
}
