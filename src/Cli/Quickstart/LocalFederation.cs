using System.Net;
using System.Net.Sockets;

using Actors.Contracts.Workspaces;

namespace Actors.Cli.Quickstart;

/// <summary>
/// A federation on one machine, set up the way one on many machines is: every node has a folder of its own and a private key that
/// never leaves it; only the zip files of the paper's steps (section 2.5) go from one to another.
/// </summary>
/// <param name="folder">Where the nodes' folders are made.</param>
/// <param name="workspace">The workspace's name.</param>
/// <param name="collaborators">Who takes part, and with which data.</param>
internal sealed class LocalFederation(string folder, string workspace, IReadOnlyList<LocalCollaborator> collaborators)
{
    private readonly string _logs = Path.Combine(folder, "logs");

    /// <summary>The aggregator's workspace.</summary>
    public WorkspaceLayout Aggregator { get; } = new(Path.Combine(folder, "aggregator", workspace));

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<LocalCollaborator> Collaborators => collaborators;

    /// <summary>The same federation in another folder.</summary>
    public LocalFederation In(string other) => new(other, workspace, collaborators);

    /// <summary>A collaborator's workspace.</summary>
    public WorkspaceLayout Collaborator(string name) => new(Path.Combine(folder, name, workspace));

    /// <summary>A node's log file.</summary>
    public string LogOf(string node) => Path.Combine(_logs, $"{node}.log");

    /// <summary>Makes workspaces and certificates.</summary>
    /// <param name="make">Makes the aggregator's workspace, plan included.</param>
    /// <param name="say">Takes what is being done.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <exception cref="CommandException">A step failed; the message shows what it wrote last.</exception>
    public async Task PrepareAsync(Action<WorkspaceLayout> make, Action<string> say, CancellationToken cancellationToken)
    {
        say($"Workspace {workspace} in {Aggregator.Root}");
        make(Aggregator);
        File.WriteAllLines(Aggregator.DataFile, collaborators.Select(one => $"{one.Name},{one.Data}"));
        say("Building the code, writing the initial weights");
        await FxAsync(Aggregator, "plan", "initialize", "-a", "localhost");
        await FxAsync(Aggregator, "workspace", "certify");
        await FxAsync(Aggregator, "aggregator", "generate-cert-request", "--fqdn", "localhost");
        await FxAsync(Aggregator, "aggregator", "certify", "--fqdn", "localhost", "--silent");
        await FxAsync(Aggregator, "workspace", "export");
        foreach (var (name, data) in collaborators)
        {
            say($"Certificate of {name}");
            await AdmitAsync(name, data);
        }

        async Task FxAsync(WorkspaceLayout node, params string[] arguments) =>
            await FxProcess.RunAsync(node.Root, LogOf("setup"), cancellationToken, arguments);

        async Task AdmitAsync(string name, string data)
        {
            var home = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            var archive = Path.Combine(Aggregator.Root, WorkspaceArchive.FileNameOf(Aggregator));
            await FxProcess.RunAsync(home, LogOf("setup"), cancellationToken, "workspace", "import", "--archive", archive);
            var node = Collaborator(name);
            await FxAsync(node, "collaborator", "generate-cert-request", "-n", name, "-d", data);
            var request = Path.Combine(node.Root, $"col_{name}_to_agg_cert_request.zip");
            await FxAsync(Aggregator, "collaborator", "certify", "--request-pkg", request, "--silent");
            var signed = Path.Combine(Aggregator.Root, $"agg_to_col_{name}_signed_cert.zip");
            await FxAsync(node, "collaborator", "certify", "--import", signed);
        }
    }

    /// <summary>A port that nobody uses.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
