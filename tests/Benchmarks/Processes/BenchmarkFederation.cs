using Actors.Benchmarks.Roles;
using Actors.TestKit.Certificates;

namespace Actors.Benchmarks.Processes;

/// <summary>A silo and the processes that play its collaborators, in a folder that goes with them.</summary>
internal sealed class BenchmarkFederation : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-bench-").FullName;
    private readonly TestAuthority _authority = TestAuthority.Create();
    private readonly List<ChildProcess> _load = [];
    private readonly Workload _workload;
    private int _port;

    private BenchmarkFederation(Workload workload)
    {
        _workload = workload;
        _ = _authority.Aggregator("localhost");
    }

    /// <summary>The silo.</summary>
    public ChildProcess Silo { get; private set; } = null!;

    /// <summary>The silo's folder.</summary>
    public string Folder => Path.Combine(_folder, "silo");

    /// <summary>Where the certificates are.</summary>
    public string Authority => _authority.Workspace;

    /// <summary>User and system time of all clients so far, in seconds.</summary>
    public double ClientCpuSeconds => _load.Sum(process => process.CpuSeconds);

    /// <summary>Starts the silo; nobody has joined yet.</summary>
    public static async Task<BenchmarkFederation> StartAsync(Workload workload, int collaborators)
    {
        var federation = new BenchmarkFederation(workload);
        var settings = new SiloSettings(federation.Folder, federation.Authority, collaborators, workload);
        (federation.Silo, var ready) = await ChildProcess.StartAsync<SiloSettings, SiloFigures>(SiloRole.Name, settings);
        federation._port = ready.Port;
        return federation;
    }

    /// <summary>Starts a process that plays some of the collaborators, and lets them join.</summary>
    public async Task<ChildProcess> AddClientsAsync(int first, int count, bool withFiles)
    {
        var settings = new LoadSettings(Path.Combine(_folder, "clients"), Authority, _port, first, count, _workload, withFiles);
        var (process, _) = await ChildProcess.StartAsync<LoadSettings, bool>(LoadRole.Name, settings);
        _load.Add(process);
        await process.DoAsync("join");
        return process;
    }

    /// <summary>Gives all clients a command and waits for all.</summary>
    public Task AllAsync(string command) => Task.WhenAll(_load.Select(process => process.DoAsync(command)));

    /// <summary>Gives all processes but one a command and waits for all.</summary>
    public Task AllButAsync(ChildProcess one, string command) =>
        Task.WhenAll(_load.Where(process => process != one).Select(process => process.DoAsync(command)));

    /// <summary>The silo's own figures.</summary>
    public Task<SiloFigures> FiguresAsync() => Silo.AskAsync<SiloFigures>("figures");

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _load)
        {
            await process.DisposeAsync();
        }

        await Silo.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
