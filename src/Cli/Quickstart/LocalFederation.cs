using System.Globalization;
using System.Net;
using System.Net.Sockets;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Quickstart;

/// <summary>
/// A federation on one machine, set up the way one on many machines is: every node has a folder of its own and a private key that
/// never leaves it; only the zip files of the paper's steps (section 2.5) go from one to another.
/// </summary>
internal sealed class LocalFederation(QuickstartOptions options, Action<string> say)
{
    private readonly string _logs = Path.Combine(options.Folder, "logs");

    /// <summary>The aggregator's workspace.</summary>
    public WorkspaceLayout Aggregator { get; } = new(Path.Combine(options.Folder, "aggregator", options.Template));

    /// <summary>A collaborator's workspace.</summary>
    public WorkspaceLayout Collaborator(string name) => new(Path.Combine(options.Folder, name, options.Template));

    /// <summary>A node's log file.</summary>
    public string LogOf(string node) => Path.Combine(_logs, $"{node}.log");

    /// <summary>Makes workspaces and certificates.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        say($"Workspace {options.Template} in {Aggregator.Root}");
        Templates.Create(options.Template, Aggregator.Root);
        Adjust(Aggregator.PlanFile);
        File.WriteAllLines(Aggregator.DataFile, options.Names.Select((name, index) => $"{name},{index + 1}"));
        say("Building the code, writing the initial weights");
        await FxAsync(Aggregator, "plan", "initialize", "-a", "localhost");
        await FxAsync(Aggregator, "workspace", "certify");
        await FxAsync(Aggregator, "aggregator", "generate-cert-request", "--fqdn", "localhost");
        await FxAsync(Aggregator, "aggregator", "certify", "--fqdn", "localhost", "--silent");
        await FxAsync(Aggregator, "workspace", "export");
        foreach (var (name, index) in options.Names.Select((name, index) => (name, index)))
        {
            say($"Certificate of {name}");
            await AdmitAsync(name, (index + 1).ToString(CultureInfo.InvariantCulture));
        }

        async Task FxAsync(WorkspaceLayout node, params string[] arguments) =>
            await FxProcess.RunAsync(node.Root, LogOf("setup"), cancellationToken, arguments);

        async Task AdmitAsync(string name, string shard)
        {
            var home = Directory.CreateDirectory(Path.Combine(options.Folder, name)).FullName;
            var archive = Path.Combine(Aggregator.Root, WorkspaceArchive.FileNameOf(Aggregator));
            await FxProcess.RunAsync(home, LogOf("setup"), cancellationToken, "workspace", "import", "--archive", archive);
            var node = Collaborator(name);
            await FxAsync(node, "collaborator", "generate-cert-request", "-n", name, "-d", shard);
            var request = Path.Combine(node.Root, $"col_{name}_to_agg_cert_request.zip");
            await FxAsync(Aggregator, "collaborator", "certify", "--request-pkg", request, "--silent");
            var signed = Path.Combine(Aggregator.Root, $"agg_to_col_{name}_signed_cert.zip");
            await FxAsync(node, "collaborator", "certify", "--import", signed);
        }
    }

    private void Adjust(string planFile)
    {
        var text = File.ReadAllText(planFile);
        Set("aggregator", "rounds_to_train", options.Rounds);
        Set("task_runner", "seed", options.Seed);
        Set("assigner", "seed", options.Seed);
        Set("data_loader", "collaborator_count", options.Collaborators);
        Set("network", "agg_port", FreePort());
        File.WriteAllText(planFile, text);

        void Set(string section, string key, long value)
        {
            // A template's classes need not take every setting; those that a plan does not name are left alone.
            var known = section is "aggregator" or "network" or "assigner" || text.Contains($" {key}:", StringComparison.Ordinal);
            text = known
                ? YamlEdit.Set(text, [section, "settings", key], value.ToString(CultureInfo.InvariantCulture))
                    ?? throw new CommandException($"{section}.settings.{key} cannot be set in {planFile}.")
                : text;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
