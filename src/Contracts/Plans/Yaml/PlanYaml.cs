using System.Globalization;
using System.Text;

namespace Actors.Contracts.Plans;

/// <summary>Writes plan values as block YAML that reads back as the same values; the order of keys is kept, comments have no place.</summary>
internal static class PlanYaml
{
    public static string Write(PlanValue.Map root)
    {
        var text = new StringBuilder();
        WriteMap(text, root, 0);
        return text.ToString();
    }

    /// <summary>A number with the fewest digits that read back as the same double, and always as a double.</summary>
    public static string Number(double value)
    {
        if (double.IsInfinity(value))
        {
            return value > 0 ? ".inf" : "-.inf";
        }

        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0";
    }

    /// <summary>A text in double quotes with the escapes that JSON and YAML share; whole characters beyond ASCII stand as they are.</summary>
    public static string Quoted(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (char.IsHighSurrogate(character) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(character).Append(value[++i]);
            }
            else if (character is '"' or '\\')
            {
                text.Append('\\').Append(character);
            }
            else if (character is '\n')
            {
                text.Append("\\n");
            }
            else if (char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' or '\uFEFF')
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                text.Append(character);
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>A text as a key or scalar: plain where no reader could take it for anything else.</summary>
    public static string Scalar(string value) => IsPlain(value) ? value : Quoted(value);

    private static void WriteMap(StringBuilder text, PlanValue.Map map, int indent)
    {
        foreach (var entry in map.Entries)
        {
            text.Append(' ', indent).Append(Scalar(entry.Key)).Append(':');
            WriteValue(text, entry.Value, indent + 2);
        }
    }

    private static void WriteValue(StringBuilder text, PlanValue value, int indent)
    {
        switch (value)
        {
            case PlanValue.Map { Entries.Count: > 0 } map:
                text.Append('\n');
                WriteMap(text, map, indent);
                break;
            case PlanValue.Items { Values.Count: > 0 } list:
                text.Append('\n');
                foreach (var item in list.Values)
                {
                    text.Append(' ', indent).Append('-');
                    WriteValue(text, item, indent + 2);
                }

                break;
            default:
                text.Append(' ').Append(Inline(value)).Append('\n');
                break;
        }
    }

    private static string Inline(PlanValue value) => value switch
    {
        PlanValue.Map => "{}",
        PlanValue.Items => "[]",
        PlanValue.Text text => Scalar(text.Value),
        _ => value.Shown,
    };

    private static bool IsPlain(string value) =>
        value.Length > 0
        && (char.IsAsciiLetter(value[0]) || value[0] == '_')
        && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '/' or '-')
        && !IsTakenForAnother(value);

    // Readers of YAML 1.1 take yes, no, on, off, y and n for truth values; quotes keep them text for everybody.
    private static bool IsTakenForAnother(string value) =>
        value.ToUpperInvariant() is "TRUE" or "FALSE" or "NULL" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N";
}
