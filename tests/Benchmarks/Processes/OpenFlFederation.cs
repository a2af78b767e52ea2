using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

using Actors.Benchmarks.Roles;
using Actors.Pki;
using Actors.TestKit.Certificates;

namespace Actors.Benchmarks.Processes;

/// <summary>A silo and collaborators of the original's kind, each a process of Python, with certificates as the original makes them.</summary>
internal sealed class OpenFlFederation : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("actors-openfl-").FullName;
    private readonly OriginalAuthority _authority;
    private readonly List<Process> _clients = [];

    private OpenFlFederation() => _authority = new(_folder);

    /// <summary>The silo.</summary>
    public ChildProcess Silo { get; private set; } = null!;

    /// <summary>User and system time of all clients so far, in seconds.</summary>
    public double ClientCpuSeconds => _clients.Sum(process => ProcessFigures.CpuSeconds(process.Id));

    /// <summary>How many rounds are over.</summary>
    public int ClosedRounds => File.Exists(MetricsFile) ? File.ReadAllText(MetricsFile).Count(c => c == '\n') : 0;

    private string MetricsFile => Path.Combine(_folder, "silo", "metrics.jsonl");

    /// <summary>Starts all processes.</summary>
    /// <param name="workload">The model.</param>
    /// <param name="collaborators">How many.</param>
    /// <param name="onCurve">Whether the aggregator's key is on a curve; RSA otherwise, as the original makes it.</param>
    public static async Task<OpenFlFederation> StartAsync(Workload workload, int collaborators, bool onCurve)
    {
        var federation = new OpenFlFederation();
        federation._authority.IssueAggregator("localhost");
        if (onCurve)
        {
            CertificateAuthority.Open(federation._folder, TimeProvider.System).RenewAggregator("localhost", KeyAlgorithm.EcdsaP256);
        }

        var settings = new SiloSettings(Path.Combine(federation._folder, "silo"), federation._folder, collaborators, workload);
        (federation.Silo, var ready) = await ChildProcess.StartAsync<SiloSettings, SiloFigures>(SiloRole.Name, settings);
        await federation.MakeFilesAsync(workload);
        for (var index = 0; index < collaborators; index++)
        {
            federation.StartClient(index, ready.Port);
        }

        return federation;
    }

    /// <summary>Waits until so many rounds are over.</summary>
    public async Task UntilRoundAsync(int rounds)
    {
        while (ClosedRounds < rounds)
        {
            if (_clients.Find(client => client.HasExited) is { } ended)
            {
                throw new InvalidOperationException($"A client ended with {ended.ExitCode}; its errors are above.");
            }

            await Task.Delay(Look);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Kill();
            await client.WaitForExitAsync();
            client.Dispose();
        }

        await Silo.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task MakeFilesAsync(Workload workload)
    {
        using var stubs = Process.Start("/bin/sh", [Path.Combine(Sources(), "stubs.sh"), Path.Combine(_folder, "stubs")]);
        await stubs.WaitForExitAsync();
        if (stubs.ExitCode != 0)
        {
            throw new InvalidOperationException("The stubs could not be made; install what tests/OpenFlClient/README.md names.");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "plan.yaml"), "aggregator: {}\n");
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "names.json"), JsonSerializer.Serialize(workload.Manifest().Tensors.Select(tensor => tensor.Name)));
    }

    private void StartClient(int index, int port)
    {
        var name = LoadSettings.NameOf(index);
        _authority.IssueCollaborator(name);
        var start = new ProcessStartInfo(
            Python,
            [
                Path.Combine(Sources(), "collaborator.py"),
                "--name", name,
                "--index", index.ToString(CultureInfo.InvariantCulture),
                "--target", string.Create(CultureInfo.InvariantCulture, $"localhost:{port}"),
                "--chain", Path.Combine(_folder, "cert", "cert_chain.crt"),
                "--certificate", Path.Combine(_folder, "cert", "client", $"col_{name}.crt"),
                "--key", Path.Combine(_folder, "cert", "client", $"col_{name}.key"),
                "--plan", Path.Combine(_folder, "plan.yaml"),
                "--model", Path.Combine(_folder, "names.json"),
            ]);
        start.Environment["PYTHONPATH"] = Path.Combine(_folder, "stubs");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.RedirectStandardOutput = true;
        _clients.Add(Process.Start(start)!);
    }

    private static string Sources([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "OpenFlClient"));
}
