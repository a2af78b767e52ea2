using Actors.Contracts.Identity;

namespace Actors.Grains.Federations;

/// <summary>Decides who belongs to a federation.</summary>
internal static class Membership
{
    /// <summary>The members as they are kept: each once, in ordinal order.</summary>
    public static IReadOnlyList<CollaboratorName> Of(IEnumerable<CollaboratorName> names) => [.. names.Distinct().Order()];

    /// <summary>Whether a collaborator may take part.</summary>
    public static bool Admits(IReadOnlyList<CollaboratorName> members, CollaboratorName name)
    {
        var (low, high) = (0, members.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = members[middle].CompareTo(name);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }
}
