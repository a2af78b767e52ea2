namespace Actors.Pki;

/// <summary>The zip a collaborator sends: exactly one file, <c>col_LABEL.csr</c>.</summary>
internal static class RequestPackage
{
    private const string Prefix = "col_";
    private const string Suffix = ".csr";

    public static void Write(string path, DateTimeOffset now, string label, byte[] pem) =>
        Package.Write(path, now, ($"{Prefix}{label}{Suffix}", pem));

    /// <param name="path">The zip.</param>
    /// <param name="expected">The label the operator asked for, validated; null for whichever the package holds.</param>
    public static InspectedRequest Read(string path, string? expected)
    {
        var files = Package.Read(path);
        var entry = files.Count == 1 ? files.Keys.Single() : "";
        if (!entry.StartsWith(Prefix, StringComparison.Ordinal) || !entry.EndsWith(Suffix, StringComparison.Ordinal))
        {
            throw new PkiException(
                $"The request package {path} should hold exactly one file col_NAME.csr but holds {Printable.Of(Listing(files.Keys))}; "
                + "ask the collaborator to make it again.");
        }

        var label = PeerName.Collaborator(entry[Prefix.Length..^Suffix.Length]);
        return expected is null || expected == label
            ? RequestReader.Read(files[entry], $"{entry} in {path}", PeerRole.Collaborator, label)
            : throw new PkiException(
                $"The request package {path} is for '{label}' but '{expected}' was to be signed; "
                + "check with the collaborator who it is for.");
    }

    private static string Listing(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("nothing"));
}
