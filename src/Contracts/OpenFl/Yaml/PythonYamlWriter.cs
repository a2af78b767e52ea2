using System.Globalization;

namespace Actors.Contracts.OpenFl;

/// <summary>
/// Prints a value as Python's YAML library does by default: in blocks, keys sorted, text folded after 80 columns, and what occurs
/// twice by an anchor.
/// </summary>
internal sealed class PythonYamlWriter
{
    private const int Step = 2;
    private const int LongestSimpleKey = 128;

    private readonly PythonYamlLine _line = new();
    private readonly PythonYamlAnchors _anchors;

    private PythonYamlWriter(PythonValue root) => _anchors = new(root);

    /// <summary>The text, with a line end at its end.</summary>
    public static string Write(PythonValue root)
    {
        var writer = new PythonYamlWriter(root);
        writer.WriteNode(root, indent: null, inMap: false, isKey: false);
        writer._line.End();
        return writer._line.ToString();
    }

    private void WriteNode(PythonValue value, int? indent, bool inMap, bool isKey)
    {
        if (_anchors.NameOf(value) is { } name)
        {
            var isFirst = _anchors.IsFirst(value);
            _line.Sign((isFirst ? "&" : "*") + name, needsSpace: true);
            if (!isFirst)
            {
                return;
            }
        }

        switch (value)
        {
            case PythonValue.Items { Values.Count: > 0 } items:
                WriteItems(items, indent, inMap);
                break;
            case PythonValue.Map { Entries.Count: > 0 } map:
                WriteMap(map, indent is { } outer ? outer + Step : 0);
                break;
            default:
                WriteInline(value, (indent ?? 0) + Step, isKey);
                break;
        }
    }

    // A list under a key is not indented further.
    private void WriteItems(PythonValue.Items items, int? indent, bool inMap)
    {
        var own = indent is not { } outer ? 0 : inMap && !_line.IsIndentOnly ? outer : outer + Step;
        foreach (var item in items.Values)
        {
            _line.Begin(own);
            _line.Sign("-", needsSpace: true, keepsIndent: true);
            WriteNode(item, own, inMap: false, isKey: false);
        }
    }

    private void WriteMap(PythonValue.Map map, int indent)
    {
        foreach (var (key, value) in PythonKeys.Sorted(map.Entries))
        {
            _line.Begin(indent);
            if (IsSimple(key))
            {
                WriteNode(key, indent, inMap: true, isKey: true);
                _line.Sign(":", needsSpace: false);
            }
            else
            {
                _line.Sign("?", needsSpace: true, keepsIndent: true);
                WriteNode(key, indent, inMap: true, isKey: false);
                _line.Begin(indent);
                _line.Sign(":", needsSpace: true, keepsIndent: true);
            }

            WriteNode(value, indent, inMap: true, isKey: false);
        }
    }

    private void WriteInline(PythonValue value, int indent, bool isKey)
    {
        switch (value)
        {
            case PythonValue.Items:
                _line.Sign("[]", needsSpace: true);
                break;
            case PythonValue.Map:
                _line.Sign("{}", needsSpace: true);
                break;
            case PythonValue.Text text:
                PythonYamlText.Write(_line, text.Value, indent, isKey);
                break;
            default:
                _line.Plain(PythonYamlText.CodePoints(Shown(value)), indent, folds: false);
                break;
        }
    }

    // The library counts the type's name to the length: five characters for each type but the days.
    private static bool IsSimple(PythonValue key) => key switch
    {
        PythonValue.Text { Value: var text } =>
            text.Length > 0 && text.IndexOfAny(['\n', '\u0085', '\u2028', '\u2029']) < 0 && "!!str".Length + PythonYamlText.CodePoints(text).Length < LongestSimpleKey,
        _ => true,
    };

    private static string Shown(PythonValue value) => value switch
    {
        PythonValue.None => "null",
        PythonValue.Truth truth => truth.Value ? "true" : "false",
        PythonValue.Whole whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        PythonValue.Number number => PythonFloat.Print(number.Value),
        PythonValue.Day day => day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "No value that is printed in a line."),
    };
}
