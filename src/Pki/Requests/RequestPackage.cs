namespace Actors.Pki;

/// <summary>The zip a collaborator or an operator sends: exactly one file, <c>col_LABEL.csr</c> or <c>op_LABEL.csr</c>.</summary>
internal static class RequestPackage
{
    private const string Suffix = ".csr";

    public static void Write(string path, DateTimeOffset now, PeerRole role, string label, byte[] pem) =>
        Package.Write(path, now, ($"{role.FilePrefix()}{label}{Suffix}", pem));

    /// <param name="path">The zip.</param>
    /// <param name="expected">The label the operator asked for, validated; null for whichever the package holds.</param>
    /// <param name="role">What the request must be for.</param>
    public static InspectedRequest Read(string path, string? expected, PeerRole role)
    {
        var prefix = role.FilePrefix();
        var files = Package.Read(path);
        var entry = files.Count == 1 ? files.Keys.Single() : "";
        if (!entry.StartsWith(prefix, StringComparison.Ordinal) || !entry.EndsWith(Suffix, StringComparison.Ordinal))
        {
            throw new PkiException(
                $"The request package {path} should hold exactly one file {prefix}NAME.csr but holds {Printable.Of(Listing(files.Keys))}; "
                + $"ask the {role.Noun()} to make it again.");
        }

        var label = PeerName.Collaborator(entry[prefix.Length..^Suffix.Length]);
        return expected is null || expected == label
            ? RequestReader.Read(files[entry], $"{entry} in {path}", role, label)
            : throw new PkiException(
                $"The request package {path} is for '{label}' but '{expected}' was to be signed; "
                + $"check with the {role.Noun()} who it is for.");
    }

    private static string Listing(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("nothing"));
}
