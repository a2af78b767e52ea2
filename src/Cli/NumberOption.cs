using System.CommandLine;

namespace Actors.Cli;

/// <summary>Options that are whole numbers; one that is too small is refused with the least.</summary>
internal static class NumberOption
{
    /// <summary>An option that has a value without being written.</summary>
    public static Option<int> Of(string name, string description, int fallback) =>
        AtLeast(new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback }, 1, value => value);

    /// <summary>An option that may be left out.</summary>
    public static Option<int?> Optional(string name, string description, int least) =>
        AtLeast(new Option<int?>(name) { Description = description }, least, value => value);

    private static Option<T> AtLeast<T>(Option<T> option, int least, Func<T?, int?> read)
    {
        option.Validators.Add(result =>
        {
            if (read(result.GetValueOrDefault<T>()) is { } value && value < least)
            {
                result.AddError($"{option.Name} is {value}; write {least} or more.");
            }
        });
        return option;
    }
}
