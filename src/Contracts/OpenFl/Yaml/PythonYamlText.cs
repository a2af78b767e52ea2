using System.Globalization;
using System.Text;

namespace Actors.Contracts.OpenFl;

/// <summary>Prints a text plain where it can only be read as that text, else in single quotes, else in double quotes with escapes.</summary>
internal static class PythonYamlText
{
    private const string Starters = "#,[]{}&*!|>'\"%@`";

    private static readonly Dictionary<int, string> Escapes = new()
    {
        [0] = "\\0",
        [7] = "\\a",
        [8] = "\\b",
        ['\t'] = "\\t",
        ['\n'] = "\\n",
        [11] = "\\v",
        [12] = "\\f",
        ['\r'] = "\\r",
        [27] = "\\e",
        ['"'] = "\\\"",
        ['\\'] = "\\\\",
        [0x85] = "\\N",
        [0xA0] = "\\_",
        [0x2028] = "\\L",
        [0x2029] = "\\P",
    };

    /// <summary>Writes a text behind what the line has.</summary>
    public static void Write(PythonYamlLine line, string value, int indent, bool isKey)
    {
        var text = CodePoints(value);
        if (IsPlain(text) && PythonScalar.IsText(value))
        {
            line.Plain(text, indent, folds: !isKey);
        }
        else if (IsSingleQuoted(text))
        {
            WriteSingleQuoted(line, text, indent, folds: !isKey);
        }
        else
        {
            WriteDoubleQuoted(line, text, indent, folds: !isKey);
        }
    }

    /// <summary>A text by its code points; an unpaired surrogate counts as itself.</summary>
    public static int[] CodePoints(string text)
    {
        var points = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            points.Add(isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i]);
        }

        return [.. points];
    }

    /// <summary>A code point as text.</summary>
    public static string Character(int point) =>
        Rune.IsValid(point) ? new Rune(point).ToString() : ((char)point).ToString();

    private static bool IsPlain(int[] text) =>
        text.Length > 0
        && text[0] != ' '
        && text[^1] != ' '
        && Array.TrueForAll(text, IsPrintable)
        && !StartsLikeSyntax(text)
        && !HoldsSyntax(text);

    private static bool IsSingleQuoted(int[] text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var besideBreak = text[i] == ' ' && ((i > 0 && text[i - 1] == '\n') || (i + 1 < text.Length && text[i + 1] == '\n'));
            if (besideBreak || !(IsPrintable(text[i]) || text[i] == '\n'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPrintable(int point) => point is >= ' ' and <= '~';

    private static bool StartsLikeSyntax(int[] text) =>
        Starters.Contains((char)text[0], StringComparison.Ordinal)
        || (text[0] is '?' or ':' or '-' && EndsWord(text, 1))
        || (text.Length >= 3 && text[0] is '-' or '.' && text[1] == text[0] && text[2] == text[0]);

    private static bool HoldsSyntax(int[] text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if ((text[i] == ':' && EndsWord(text, i + 1)) || (text[i] == '#' && text[i - 1] == ' '))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWord(int[] text, int index) => index >= text.Length || text[index] == ' ';

    private static void WriteSingleQuoted(PythonYamlLine line, int[] text, int indent, bool folds)
    {
        line.Sign("'", needsSpace: true);
        for (var start = 0; start < text.Length;)
        {
            if (text[start] == '\n')
            {
                start = WriteBreaks(line, text, start, indent);
                continue;
            }

            var end = start + PythonYamlLine.RunLength(text.AsSpan(start));
            if (Array.IndexOf(text, (int)'\n', start, end - start) is >= 0 and var lineEnd)
            {
                end = lineEnd;
            }

            var canFold = folds && text[start] == ' ' && end - start == 1 && start > 0 && end < text.Length;
            if (canFold && line.Column > PythonYamlLine.Width)
            {
                line.Begin(indent);
            }
            else
            {
                AppendDoublingQuotes(line, text.AsSpan(start, end - start));
            }

            start = end;
        }

        line.Sign("'", needsSpace: false);
    }

    // One line end more than there are: a single one is read as a space.
    private static int WriteBreaks(PythonYamlLine line, int[] text, int start, int indent)
    {
        line.End();
        for (; start < text.Length && text[start] == '\n'; start++)
        {
            line.End();
        }

        line.Begin(indent);
        return start;
    }

    private static void AppendDoublingQuotes(PythonYamlLine line, ReadOnlySpan<int> text)
    {
        foreach (var point in text)
        {
            line.Append(point == '\'' ? "''" : Character(point));
        }
    }

    private static void WriteDoubleQuoted(PythonYamlLine line, int[] text, int indent, bool folds)
    {
        line.Sign("\"", needsSpace: true);

        // What is read but not written yet starts here: a line is broken by the length it would have with it.
        var start = 0;
        for (var end = 0; end <= text.Length; end++)
        {
            if (end == text.Length || !IsPrintable(text[end]) || text[end] is '"' or '\\')
            {
                line.Append(text.AsSpan(start, end - start));
                start = end;
                if (end < text.Length)
                {
                    line.Append(Escaped(text[end]));
                    start = end + 1;
                }
            }

            var isPlace = end > 0 && end < text.Length - 1 && (text[end] == ' ' || start >= end);
            if (folds && isPlace && line.Column + (end - start) > PythonYamlLine.Width)
            {
                if (start < end)
                {
                    line.Append(text.AsSpan(start, end - start));
                    start = end;
                }

                line.Append("\\");
                line.Begin(indent);
                if (text[start] == ' ')
                {
                    line.Append("\\");
                }
            }
        }

        line.Sign("\"", needsSpace: false);
    }

    private static string Escaped(int point) =>
        Escapes.TryGetValue(point, out var escape) ? escape
        : point <= 0xFF ? string.Create(CultureInfo.InvariantCulture, $"\\x{point:X2}")
        : point <= 0xFFFF ? string.Create(CultureInfo.InvariantCulture, $"\\u{point:X4}")
        : string.Create(CultureInfo.InvariantCulture, $"\\U{point:X8}");
}
