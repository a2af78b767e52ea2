using Actors.Contracts.Identity;

namespace Actors.Contracts.Plans;

/// <summary>What a collaborator may be called in the workspace's lists: a name that does not start like an option.</summary>
internal static class CollaboratorNames
{
    public const string Right = "write 1 to 64 letters, digits, dots, _ or -, with a letter or digit first";

    public static bool IsName(string name) =>
        IdentifierRule.Allows(name) && char.IsAsciiLetterOrDigit(name[0]);

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
