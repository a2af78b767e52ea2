using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Actors.Contracts.OpenFl;

/// <summary>What an unquoted scalar means to Python's YAML library, which goes by YAML 1.1.</summary>
internal static partial class PythonScalar
{
    /// <summary>The value of an unquoted scalar.</summary>
    /// <exception cref="FormatException">It is a point in time, which no plan holds.</exception>
    public static PythonValue Read(string text)
    {
        switch (KindOf(text))
        {
            case Kind.Null:
                return new PythonValue.None();
            case Kind.Truth:
                return new PythonValue.Truth(text.ToUpperInvariant() is "YES" or "TRUE" or "ON");
            case Kind.Whole:
                return new PythonValue.Whole(Whole(text.Replace("_", "", StringComparison.Ordinal)));
            case Kind.Number:
                return new PythonValue.Number(Number(text.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant()));
            case Kind.Time:
                return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? new PythonValue.Day(day)
                    : throw new FormatException($"{text} is a point in time; write quotes around it.");
            default:
                return new PythonValue.Text(text);
        }
    }

    /// <summary>Whether an unquoted scalar is read as the text that it is.</summary>
    public static bool IsText(string text) => KindOf(text) == Kind.Text;

    private static Kind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Kind.Null,
        "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
            or "on" or "On" or "ON" or "off" or "Off" or "OFF" => Kind.Truth,
        "<<" or "=" or "!" or "&" or "*" => Kind.Sign,
        _ when NumberForm().IsMatch(text) => Kind.Number,
        _ when WholeForm().IsMatch(text) => Kind.Whole,
        _ when TimeForm().IsMatch(text) => Kind.Time,
        _ => Kind.Text,
    };

    private static BigInteger Whole(string text)
    {
        var isNegative = text[0] == '-';
        var digits = text.TrimStart('-', '+');
        var value = digits switch
        {
            "0" => BigInteger.Zero,
            ['0', 'b', .. var bits] => Digits(bits, 2),
            ['0', 'x', .. var hex] => Digits(hex, 16),
            ['0', .. var octal] => Digits(octal, 8),
            _ => Sixties(digits.Split(':').Select(part => BigInteger.Parse(part, CultureInfo.InvariantCulture))),
        };
        return isNegative ? -value : value;
    }

    private static BigInteger Digits(string digits, int radix) => digits.Aggregate(
        BigInteger.Zero, (sum, digit) => (sum * radix) + Convert.ToInt32(digit.ToString(), 16));

    private static BigInteger Sixties(IEnumerable<BigInteger> parts) => parts.Aggregate(BigInteger.Zero, (sum, part) => (sum * 60) + part);

    private static double Number(string text)
    {
        var sign = text[0] == '-' ? -1 : 1;
        var digits = text.TrimStart('-', '+');
        return digits switch
        {
            ".INF" => sign * double.PositiveInfinity,
            ".NAN" => double.NaN,
            _ => sign * digits.Split(':').Select(Double).Aggregate((sum, part) => (sum * 60) + part),
        };
    }

    private static double Double(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([-+]?([0-9][0-9_]*)\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^([-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex WholeForm();

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex TimeForm();

    private enum Kind
    {
        Text,
        Null,
        Truth,
        Whole,
        Number,
        Time,
        Sign,
    }
}
