using System.Security.Cryptography;
using System.Text;

namespace Actors.Contracts.Workspaces;

/// <summary>Where everything lies in a workspace folder. The places are those of the original.</summary>
public sealed class WorkspaceLayout
{
    private const int LongestSocketPath = 100;

    /// <summary>Looks at a folder; nothing is read or made.</summary>
    public WorkspaceLayout(string root) => Root = Path.GetFullPath(root);

    /// <summary>The workspace's folder, absolute.</summary>
    public string Root { get; }

    /// <summary>The workspace's name: that of its folder.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Root));

    /// <summary>Marks the folder as a workspace and remembers the current plan's name.</summary>
    public string MarkerFile => In(".workspace");

    /// <summary>The plan.</summary>
    public string PlanFile => In("plan", "plan.yaml");

    /// <summary>Who is authorised.</summary>
    public string CollaboratorsFile => In("plan", "cols.yaml");

    /// <summary>Which data a collaborator has.</summary>
    public string DataFile => In("plan", "data.yaml");

    /// <summary>The user's code: a C# project.</summary>
    public string SourceFolder => In("src");

    /// <summary>The built assemblies that everybody agreed on, and their manifest.</summary>
    public string BuildFolder => In("build");

    /// <summary>The list of sources and assemblies with their digests; its hash is the workspace's.</summary>
    public string WorkspaceManifestFile => In("build", "workspace.json");

    /// <summary>Certificates, requests and private keys.</summary>
    public string CertificateFolder => In("cert");

    /// <summary>The authorities that both ends trust.</summary>
    public string CertificateChainFile => In("cert", "cert_chain.crt");

    /// <summary>The revoked certificates; may be absent.</summary>
    public string RevocationListFile => In("cert", "crl.pem");

    /// <summary>Model files.</summary>
    public string SaveFolder => In("save");

    /// <summary>Logs and metrics.</summary>
    public string LogFolder => In("logs");

    /// <summary>Local data.</summary>
    public string DataFolder => In("data");

    /// <summary>What the processes keep for themselves: the aggregator's database and tensor store, a collaborator's results.</summary>
    public string StateFolder => In("state");

    /// <summary>
    /// The socket on which the running aggregator takes its operator's commands. The path of a socket may have about 100
    /// characters: for a workspace further down it is a folder for temporary files, named after the workspace's path.
    /// </summary>
    public string OperatorSocket
    {
        get
        {
            var path = In("state", "operator", "aggregator.sock");
            return path.Length <= LongestSocketPath ? path : Path.Combine(Path.GetTempPath(), $"fx-{RootDigest}", "aggregator.sock");
        }
    }

    /// <summary>The aggregator's certificate.</summary>
    public string AggregatorCertificate(string fqdn) => In("cert", "server", $"agg_{Lower(fqdn)}.crt");

    /// <summary>The aggregator's private key.</summary>
    public string AggregatorKey(string fqdn) => In("cert", "server", $"agg_{Lower(fqdn)}.key");

    /// <summary>A collaborator's certificate.</summary>
    public string CollaboratorCertificate(string label) => In("cert", "client", $"col_{label}.crt");

    /// <summary>A collaborator's private key.</summary>
    public string CollaboratorKey(string label) => In("cert", "client", $"col_{label}.key");

    /// <summary>A path of the plan, which is relative to the workspace.</summary>
    public string Resolve(string path) => Path.GetFullPath(Path.Combine(Root, path));

    private string RootDigest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..16];

    private string In(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    // The original writes host names lower-case in file names.
    private static string Lower(string fqdn) => fqdn.ToLowerInvariant();
}
