namespace Actors.Pki;

/// <summary>The zip the aggregator's operator sends back: <c>client/col_LABEL.crt</c> or <c>client/op_LABEL.crt</c>, and <c>cert_chain.crt</c>.</summary>
internal sealed record SignedPackage(string Label, byte[] Certificate, byte[] Chain)
{
    private const string ChainName = "cert_chain.crt";
    private const string Suffix = ".crt";

    public static void Write(string path, DateTimeOffset now, PeerRole role, string label, byte[] certificate, byte[] chain) =>
        Package.Write(path, now, ($"{Prefix(role)}{label}{Suffix}", certificate), (ChainName, chain));

    public static SignedPackage Read(string path, PeerRole role)
    {
        var prefix = Prefix(role);
        var files = Package.Read(path);
        var leaf = files.Keys.FirstOrDefault(name =>
            name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal));
        return files.Count == 2 && leaf is not null && files.TryGetValue(ChainName, out var chain)
            ? new SignedPackage(PeerName.Collaborator(leaf[prefix.Length..^Suffix.Length]), files[leaf], chain)
            : throw new PkiException(
                $"The signed package {path} should hold exactly {prefix}NAME.crt and {ChainName}; "
                + "ask the aggregator's operator to sign the request again.");
    }

    private static string Prefix(PeerRole role) => $"client/{role.FilePrefix()}";
}
