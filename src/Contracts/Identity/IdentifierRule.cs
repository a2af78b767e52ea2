namespace Actors.Contracts.Identity;

/// <summary>
/// What every name in a federation looks like: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>, not starting with a
/// dot. A name so made is safe in a file name, in a grain key and in a certificate's common name.
/// </summary>
public static class IdentifierRule
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>Whether the text is a name.</summary>
    public static bool Allows(string? text) =>
        text is { Length: > 0 and <= MaximumLength } && text[0] != '.' && text.All(IsAllowed);

    /// <summary>Returns the text, or refuses it.</summary>
    /// <exception cref="ArgumentException">The text is not a name; the message says what it is the name of.</exception>
    public static string Require(string? text, string what) =>
        Allows(text)
            ? text!
            : throw new ArgumentException(
                $"The {what} '{text}' is no name: use 1 to {MaximumLength} letters, digits, '-', '_' or '.', not starting with a dot.");

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
