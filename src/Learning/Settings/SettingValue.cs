using System.Collections;
using System.Globalization;

namespace Actors.Learning.Settings;

/// <summary>Converts one value of a plan to the type that code wants.</summary>
internal static class SettingValue
{
    private static readonly Type[] Lists =
        [typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>), typeof(IList<>), typeof(ICollection<>), typeof(List<>)];

    /// <summary>Converts without loss, or not at all.</summary>
    public static bool TryConvert(object? value, Type type, out object? converted)
    {
        converted = null;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null)
        {
            // A reference type says nothing at run time of whether it may be null; the plan wrote null on purpose.
            return bare != type || !type.IsValueType;
        }

        converted = bare.IsEnum ? Named(value, bare)
            : ElementOf(bare) is { } element ? Collected(value, element, bare)
            : (value, bare) switch
            {
                (bool, _) when bare == typeof(bool) => value,
                (string, _) when bare == typeof(string) => value,
                (long number, _) when bare == typeof(int) && number is >= int.MinValue and <= int.MaxValue => (int)number,
                (long, _) when bare == typeof(long) => value,
                (long number, _) when bare == typeof(double) => (double)number,
                (long number, _) when bare == typeof(float) => (float)number,
                (double, _) when bare == typeof(double) => value,
                (double number, _) when bare == typeof(float) => (float)number,
                (long number, _) when bare == typeof(TimeSpan) => Seconds(number),
                (double number, _) when bare == typeof(TimeSpan) => Seconds(number),
                _ => bare.IsInstanceOfType(value) ? value : null,
            };
        return converted is not null;
    }

    /// <summary>What a type wants, in the words of somebody who writes a plan.</summary>
    public static string Describe(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(bare).Select(SettingName.ToSnakeCase))}"
            : ElementOf(bare) is { } element ? $"a list, each {Describe(element)}"
            : bare == typeof(bool) ? "true or false"
            : bare == typeof(string) ? "a text"
            : bare == typeof(int) || bare == typeof(long) ? "a whole number"
            : bare == typeof(double) || bare == typeof(float) ? "a number"
            : bare == typeof(TimeSpan) ? "a number of seconds, not negative"
            : $"a value of type {bare.Name}";
    }

    /// <summary>A value of a plan as a message shows it.</summary>
    public static string Show(object? value) => value switch
    {
        null => "nothing",
        bool flag => flag ? "true" : "false",
        string text => $"the text '{text}'",
        IReadOnlyDictionary<string, object?> => "a map",
        IEnumerable => "a list",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static object? Named(object value, Type type) =>
        value is string text && Enum.GetNames(type).FirstOrDefault(name => SettingName.AreSame(name, text)) is { } name
            ? Enum.Parse(type, name)
            : null;

    private static TimeSpan? Seconds(double seconds) =>
        seconds >= 0 && seconds <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && Lists.Contains(type.GetGenericTypeDefinition()) ? type.GetGenericArguments()[0]
        : null;

    private static object? Collected(object value, Type element, Type type)
    {
        if (value is not IReadOnlyList<object?> items)
        {
            return null;
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var item in items)
        {
            if (!TryConvert(item, element, out var converted))
            {
                return null;
            }

            list.Add(converted);
        }

        if (type.IsGenericType)
        {
            return list;
        }

        var array = Array.CreateInstance(element, list.Count);
        list.CopyTo(array, 0);
        return array;
    }
}
