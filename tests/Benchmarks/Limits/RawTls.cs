using System.Diagnostics;

using Actors.Benchmarks.Processes;
using Actors.Benchmarks.Roles;

namespace Actors.Benchmarks.Limits;

/// <summary>
/// Bare TLS connections, each end in a process of its own, that wait until their cost is wanted. Measured in turn with what is held
/// against it, both see the same machine.
/// </summary>
internal sealed class RawTls : IAsyncDisposable
{
    private const double GB = 1e9;

    private readonly ChildProcess _server;
    private readonly ChildProcess _client;
    private readonly double _gigabytes;
    private double _moved;
    private double _cpuSeconds;
    private double _seconds;

    private RawTls(ChildProcess server, ChildProcess client, double gigabytes) =>
        (_server, _client, _gigabytes) = (server, client, gigabytes);

    /// <summary>User and system time of both ends for a gigabyte.</summary>
    public double CpuSecondsPerGB => _cpuSeconds / _moved;

    /// <summary>Of all connections together.</summary>
    public double GigabytesPerSecond => _moved / _seconds;

    /// <summary>Connects both ends and lets them run warm.</summary>
    /// <param name="authority">The authority's workspace.</param>
    /// <param name="connections">How many connections at once.</param>
    /// <param name="bytes">What a measurement moves over all of them.</param>
    public static async Task<RawTls> StartAsync(string authority, int connections, long bytes)
    {
        var each = bytes / connections;
        var (server, port) = await ChildProcess.StartAsync<RawTlsSettings, int>(RawTlsRole.Name, new(authority, 0, connections, each));
        var (client, _) = await ChildProcess.StartAsync<RawTlsSettings, int>(RawTlsRole.Name, new(authority, port, connections, each));
        var limit = new RawTls(server, client, each * connections / GB);
        for (var warm = 0.0; warm < 1; warm += limit._gigabytes)
        {
            await client.DoAsync("run");
        }

        return limit;
    }

    /// <summary>Moves the bytes once more.</summary>
    public async Task MeasureAsync()
    {
        var (cpu, started) = (_server.CpuSeconds + _client.CpuSeconds, Stopwatch.GetTimestamp());
        await _client.DoAsync("run");
        _seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        _cpuSeconds += _server.CpuSeconds + _client.CpuSeconds - cpu;
        _moved += _gigabytes;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    public override string ToString() => $"bare TLS {CpuSecondsPerGB:F2} CPU s/GB";
}
