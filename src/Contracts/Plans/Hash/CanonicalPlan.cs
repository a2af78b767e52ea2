using System.Globalization;
using System.Text;

namespace Actors.Contracts.Plans;

/// <summary>
/// The one text that all spellings of the same plan share, which is what <see cref="PlanHash"/> is a hash of.
/// </summary>
/// <remarks>
/// It is JSON without white space, made of the merged document by these rules.
/// Keys are sorted by UTF-16 code unit; lists keep their order.
/// A whole number is its decimal digits. A double below 2⁵³ without a fraction is written as that whole number, so 1.0 and 1 are
/// the same and so are -0.0 and 0; any other is the shortest digits that read back as the same double; infinities are 1e999 and -1e999.
/// Text is quoted, with escapes for quotes, backslashes, control characters, U+2028, U+2029, U+FEFF and unpaired surrogates only, so that
/// the text "1" and the number 1 differ.
/// Comments, key order, quoting style, anchors and the split between a section and its defaults file therefore do not show.
/// A value that is left out and the same value written out <i>do</i> differ, and so do a template's name and its alias:
/// the hash is of what the parties wrote, not of what this version makes of it.
/// </remarks>
public static class CanonicalPlan
{
    private const double WholeBelow = 1L << 53;

    /// <summary>The canonical text of a merged plan.</summary>
    public static string Of(PlanDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Of(document.Root);
    }

    /// <summary>The canonical text of one value.</summary>
    public static string Of(PlanValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, PlanValue value)
    {
        switch (value)
        {
            case PlanValue.Map map:
                text.Append('{');
                WriteEntries(text, map);
                text.Append('}');
                break;
            case PlanValue.Items list:
                text.Append('[');
                for (var i = 0; i < list.Values.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(text, list.Values[i]);
                }

                text.Append(']');
                break;
            case PlanValue.Number number:
                text.Append(Number(number.Value));
                break;
            default:
                text.Append(value.Shown);
                break;
        }
    }

    private static void WriteEntries(StringBuilder text, PlanValue.Map map)
    {
        var separator = "";
        foreach (var entry in map.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(PlanYaml.Quoted(entry.Key)).Append(':');
            Write(text, entry.Value);
            separator = ",";
        }
    }

    private static string Number(double value)
    {
        if (double.IsInfinity(value))
        {
            return value > 0 ? "1e999" : "-1e999";
        }

        return Math.Abs(value) < WholeBelow && Math.Floor(value) == value
            ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
