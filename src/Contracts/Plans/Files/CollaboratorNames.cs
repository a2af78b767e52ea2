namespace Actors.Contracts.Plans;

/// <summary>What a collaborator may be called in the workspace's lists.</summary>
internal static class CollaboratorNames
{
    private const int Longest = 64;

    public const string Right = "write 1 to 64 letters, digits, dots, _ or -, with a letter or digit first";

    public static bool IsName(string name) =>
        name.Length is > 0 and <= Longest
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');

    /// <exception cref="ArgumentException">The text is no name.</exception>
    public static void ThrowIfNot(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsName(name))
        {
            throw new ArgumentException($"{PlanYaml.Quoted(name)} is not a collaborator's name; {Right}.", nameof(name));
        }
    }
}
