using System.Collections;
using System.Globalization;

namespace Actors.Experiments;

/// <summary>An experiment's metrics: a row for each round, a column for each metric that a round had.</summary>
public sealed class MetricsTable : IReadOnlyList<RoundMetrics>
{
    private readonly IReadOnlyList<RoundMetrics> _rounds;

    /// <summary>Makes a table.</summary>
    /// <param name="rounds">The rows, in the order of the rounds.</param>
    public MetricsTable(IReadOnlyList<RoundMetrics> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        _rounds = rounds;
        Names = [.. rounds.SelectMany(round => round.Metrics).Select(metric => metric.Key).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The columns, as <c>task/metric</c>, in the order in which they came up.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of rounds.</summary>
    public int Count => _rounds.Count;

    /// <summary>A row.</summary>
    public RoundMetrics this[int index] => _rounds[index];

    /// <summary>A column: a value for each row, null where its round has none.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">No round has such a metric.</exception>
    public IReadOnlyList<double?> this[string name] => Names.Contains(name)
        ? [.. _rounds.Select(round => round[name])]
        : throw new ArgumentException($"{name} was not measured; there are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>
    /// The table as comma-separated values: <c>round,seconds</c> and the names, then a line each round, numbers with the digits that
    /// read back as the same double, nothing where there is no value. Lines end in <c>\n</c>.
    /// </summary>
    public string ToCsv() => string.Concat(
        _rounds.Select(round => Line(
        [
            round.Round.ToString(CultureInfo.InvariantCulture),
            round.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            .. Names.Select(name => round[name]?.ToString("R", CultureInfo.InvariantCulture) ?? ""),
        ])).Prepend(Line(["round", "seconds", .. Names])));

    /// <summary>Draws columns as lines over the rounds, into a PNG file.</summary>
    /// <param name="path">Where; what is there is replaced.</param>
    /// <param name="names">Some of <see cref="Names"/>; none for all.</param>
    /// <exception cref="ArgumentException">No round has such a metric, or there is nothing to draw.</exception>
    public void Plot(string path, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        LinePlot.Save(path, new("", "round", ""), [.. (names.Count == 0 ? Names : names).Select(Column)]);

        PlotLine Column(string name)
        {
            var measured = this[name].Index().Where(point => point.Item is not null).ToList();
            return new(name, [.. measured.Select(point => (double)_rounds[point.Index].Round)], [.. measured.Select(point => point.Item!.Value)]);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<RoundMetrics> GetEnumerator() => _rounds.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted)) + "\n";

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\n\r") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
