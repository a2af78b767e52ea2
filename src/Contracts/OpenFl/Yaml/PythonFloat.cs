using System.Globalization;

namespace Actors.Contracts.OpenFl;

/// <summary>Prints doubles as Python's YAML library does.</summary>
internal static class PythonFloat
{
    // Where Python goes over to powers of ten.
    private const int LeastExponent = -4;
    private const int MostDigits = 16;

    /// <summary>The shortest digits that read back as the same double; a power of ten always has its sign and a point before it.</summary>
    public static string Print(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }

        var (digits, exponent) = Shortest(Math.Abs(value));
        var sign = double.IsNegative(value) ? "-" : "";
        if (exponent is < LeastExponent or >= MostDigits)
        {
            var fraction = digits.Length > 1 ? digits[1..] : "0";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}.{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        return exponent < 0 ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : digits.Length <= exponent + 1 ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    // The significant digits and the power of ten of the first of them.
    private static (string Digits, int Exponent) Shortest(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var whole = parts[0].Split('.')[0];
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        if (significant.Length == 0)
        {
            return ("0", 0);
        }

        var shift = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return (significant.TrimEnd('0'), whole.Length - 1 - (all.Length - significant.Length) + shift);
    }
}
