using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.Contracts.Plans;

/// <summary>
/// Decides what a scalar means by YAML 1.2's core rules: only true and false are truth values, only <c>0x</c> and <c>0o</c> change the base.
/// </summary>
internal static partial class YamlScalar
{
    public static PlanValue Resolve(string text, bool isPlain, string tag, string path, PlanPlace place, PlanProblems problems)
    {
        if (!isPlain || tag is "!" or "tag:yaml.org,2002:str")
        {
            return new PlanValue.Text(text, path, place);
        }

        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new PlanValue.Null(path, place);
            case "true" or "True" or "TRUE":
                return new PlanValue.Flag(true, path, place);
            case "false" or "False" or "FALSE":
                return new PlanValue.Flag(false, path, place);
        }

        return ResolveNumber(text, path, place, problems) ?? new PlanValue.Text(text, path, place);
    }

    private static PlanValue? ResolveNumber(string text, string path, PlanPlace place, PlanProblems problems)
    {
        if (Infinity().IsMatch(text))
        {
            return new PlanValue.Number(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity, path, place);
        }

        if (text is ".nan" or ".NaN" or ".NAN")
        {
            problems.Add(path, place, "NaN is not a number that a plan can agree on; write a number.");
            return new PlanValue.Null(path, place);
        }

        if (WholeNumber().IsMatch(text))
        {
            if (TryWhole(text, out var whole))
            {
                return new PlanValue.Whole(whole, path, place);
            }

            problems.Add(path, place, $"{text} does not fit in 64 bits; write a smaller number, or quotes around it.");
            return new PlanValue.Null(path, place);
        }

        if (!Fraction().IsMatch(text))
        {
            return null;
        }

        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(number))
        {
            problems.Add(path, place, $"{text} is beyond what a double holds; write .inf if no limit is meant.");
        }

        return new PlanValue.Number(number, path, place);
    }

    private static bool TryWhole(string text, out long value)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0;
        }

        if (!text.StartsWith("0o", StringComparison.Ordinal))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        }

        value = 0;
        foreach (var digit in text.AsSpan(2))
        {
            if (value > long.MaxValue >> 3)
            {
                return false;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }

    [GeneratedRegex(@"^([-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+)\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^[-+]?\.(inf|Inf|INF)\z")]
    private static partial Regex Infinity();
}
