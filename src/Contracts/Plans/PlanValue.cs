using System.Globalization;

namespace Actors.Contracts.Plans;

/// <summary>
/// One value of a plan with its path and place. The hierarchy is closed: a value is exactly one of the nested types.
/// Two values are the same setting when their <see cref="CanonicalPlan"/> forms are; record equality also compares places.
/// </summary>
public abstract record PlanValue
{
    private PlanValue(string path, PlanPlace place) => (Path, Place) = (path, place);

    /// <summary>The key from the top of the plan, like <c>tasks.train.kwargs.epochs</c>; empty for the whole file.</summary>
    public string Path { get; init; }

    /// <summary>Where the value is written.</summary>
    public PlanPlace Place { get; init; }

    /// <summary>The value as messages show it: text in quotes, numbers as written in a plan, "a list" and "a map" by name.</summary>
    public abstract string Shown { get; }

    /// <summary>No value: <c>null</c>, <c>~</c>, or nothing behind the colon.</summary>
    public sealed record Null(string Path, PlanPlace Place) : PlanValue(Path, Place)
    {
        /// <inheritdoc/>
        public override string Shown => "null";
    }

    /// <summary><c>true</c> or <c>false</c>. <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> are text.</summary>
    public sealed record Flag(bool Value, string Path, PlanPlace Place) : PlanValue(Path, Place)
    {
        /// <inheritdoc/>
        public override string Shown => Value ? "true" : "false";
    }

    /// <summary>A whole number of 64 bits.</summary>
    public sealed record Whole(long Value, string Path, PlanPlace Place) : PlanValue(Path, Place)
    {
        /// <inheritdoc/>
        public override string Shown => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A number with a fraction or exponent, or an infinity (<c>.inf</c>); never NaN.</summary>
    public sealed record Number(double Value, string Path, PlanPlace Place) : PlanValue(Path, Place)
    {
        /// <inheritdoc/>
        public override string Shown => PlanYaml.Number(Value);
    }

    /// <summary>A text, quoted or not.</summary>
    public sealed record Text(string Value, string Path, PlanPlace Place) : PlanValue(Path, Place)
    {
        /// <inheritdoc/>
        public override string Shown => PlanYaml.Quoted(Value);
    }

    /// <summary>A list; the path of its first value ends in <c>[0]</c>.</summary>
    public sealed record Items(IReadOnlyList<PlanValue> Values, string Path, PlanPlace Place) : PlanValue(Path, Place)
    {
        /// <inheritdoc/>
        public override string Shown => "a list";

        /// <summary>Whether the list is written as <c>[a, b]</c>.</summary>
        internal bool IsFlow { get; init; }
    }

    /// <summary>Keys with values, in the order of the file; no key appears twice.</summary>
    public sealed record Map(IReadOnlyList<PlanEntry> Entries, string Path, PlanPlace Place) : PlanValue(Path, Place)
    {
        /// <inheritdoc/>
        public override string Shown => "a map";

        /// <summary>Whether the map is written as <c>{a: 1}</c>.</summary>
        internal bool IsFlow { get; init; }

        /// <summary>The value of a key; null when the key is absent, and for <c>null</c>, which means the same in a plan.</summary>
        public PlanValue? Find(string key) => FindEntry(key)?.Value is { } value and not Null ? value : null;

        /// <summary>The entry of a key, with <c>null</c> values too; null when the key is absent.</summary>
        public PlanEntry? FindEntry(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

        /// <summary>The path of a key of this map.</summary>
        public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
    }
}
