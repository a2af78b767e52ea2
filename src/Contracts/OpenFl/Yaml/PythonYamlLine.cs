using System.Text;

namespace Actors.Contracts.OpenFl;

/// <summary>The text under the pen: where a line ends is decided by how far it has come.</summary>
internal sealed class PythonYamlLine
{
    /// <summary>After this many columns a text goes on in a new line.</summary>
    public const int Width = 80;

    private readonly StringBuilder _text = new();
    private bool _endsInSpace = true;

    /// <summary>How many code points the line has.</summary>
    public int Column { get; private set; }

    /// <summary>Whether the line holds nothing yet but indentation and the signs of list items.</summary>
    public bool IsIndentOnly { get; private set; } = true;

    /// <summary>Goes to a column, in a new line unless this one has only come as far.</summary>
    public void Begin(int indent)
    {
        if (!IsIndentOnly || Column > indent || (Column == indent && !_endsInSpace))
        {
            End();
        }

        if (Column < indent)
        {
            _endsInSpace = true;
            _text.Append(' ', indent - Column);
            Column = indent;
        }
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        _text.Append('\n');
        Column = 0;
        _endsInSpace = IsIndentOnly = true;
    }

    /// <summary>Writes a sign of the syntax.</summary>
    public void Sign(string sign, bool needsSpace, bool keepsIndent = false)
    {
        Append(needsSpace && !_endsInSpace ? " " + sign : sign);
        _endsInSpace = false;
        IsIndentOnly &= keepsIndent;
    }

    /// <summary>Writes a text as it is.</summary>
    public void Append(string text)
    {
        _text.Append(text);
        Column += PythonYamlText.CodePoints(text).Length;
    }

    /// <summary>Writes code points, with a new line for a lone space that lies beyond the width.</summary>
    public void Plain(ReadOnlySpan<int> text, int indent, bool folds)
    {
        if (!_endsInSpace)
        {
            Append(" ");
        }

        _endsInSpace = IsIndentOnly = false;
        for (var start = 0; start < text.Length;)
        {
            var length = RunLength(text[start..]);
            if (folds && length == 1 && text[start] == ' ' && Column > Width)
            {
                Begin(indent);
                _endsInSpace = IsIndentOnly = false;
            }
            else
            {
                Append(text.Slice(start, length));
            }

            start += length;
        }
    }

    /// <summary>Writes code points.</summary>
    public void Append(ReadOnlySpan<int> text)
    {
        foreach (var point in text)
        {
            _text.Append(PythonYamlText.Character(point));
        }

        Column += text.Length;
    }

    /// <summary>How many of the first code points are all spaces, or all not.</summary>
    public static int RunLength(ReadOnlySpan<int> text)
    {
        var length = 1;
        while (length < text.Length && (text[length] == ' ') == (text[0] == ' '))
        {
            length++;
        }

        return length;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
