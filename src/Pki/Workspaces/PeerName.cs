using System.Net;

namespace Actors.Pki;

/// <summary>The two kinds of names that become subjects and file names; nothing else may.</summary>
internal static class PeerName
{
    // X.520 allows no more in a common name.
    private const int MaxLength = 64;

    /// <summary>Returns the label as typed.</summary>
    /// <exception cref="PkiException">It is not 1 to 64 letters, digits, '-', '_' or '.', or it holds '..'.</exception>
    public static string Collaborator(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.Length is > 0 and <= MaxLength
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            && !label.Contains("..", StringComparison.Ordinal)
            ? label
            : throw new PkiException(
                $"The collaborator name '{Printable.Of(label)}' is not usable; "
                + "choose 1 to 64 letters, digits, '-', '_' or '.', without '..'.");
    }

    /// <summary>Returns the host name or address in lower case.</summary>
    /// <exception cref="PkiException">It is neither a DNS name of at most 64 characters nor an IP address in its usual form.</exception>
    public static string Aggregator(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = host.ToLowerInvariant();
        return IsAddress(name) || IsDnsName(name)
            ? name
            : throw new PkiException(
                $"The aggregator host name '{Printable.Of(host)}' is not usable; "
                + "give a DNS name of at most 64 characters or an IP address.");
    }

    public static string Of(PeerRole role, string name) => role == PeerRole.Aggregator ? Aggregator(name) : Collaborator(name);

    // The round trip rejects forms such as 127.1, which resolvers and certificates read differently.
    public static bool IsAddress(string name) => IPAddress.TryParse(name, out var address) && address.ToString() == name;

    private static bool IsDnsName(string name)
    {
        var labels = name.Split('.');
        return name.Length is > 0 and <= MaxLength
            && labels.All(label => label.Length is > 0 and <= 63
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                && label[0] != '-' && label[^1] != '-')
            && !labels[^1].All(char.IsAsciiDigit);
    }
}
