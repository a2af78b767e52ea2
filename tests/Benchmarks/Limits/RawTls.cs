using System.Diagnostics;

using Actors.Benchmarks.Processes;
using Actors.Benchmarks.Roles;

namespace Actors.Benchmarks.Limits;

/// <summary>What bare TLS costs, both ends together, each in a process of its own.</summary>
/// <param name="CpuSecondsPerGB">Both ends.</param>
/// <param name="GigabytesPerSecond">All connections together.</param>
internal sealed record RawTls(double CpuSecondsPerGB, double GigabytesPerSecond)
{
    private const double GB = 1e9;
    private const int Tries = 3;

    /// <summary>Moves the bytes over several connections at once; the best of three tries after one to warm up.</summary>
    public static async Task<RawTls> MeasureAsync(string authority, int connections, long bytes)
    {
        var each = bytes / connections;
        var (server, port) = await ChildProcess.StartAsync<RawTlsSettings, int>(RawTlsRole.Name, new(authority, 0, connections, each));
        await using var serverEnd = server;
        var (client, _) = await ChildProcess.StartAsync<RawTlsSettings, int>(RawTlsRole.Name, new(authority, port, connections, each));
        await using var clientEnd = client;
        await client.DoAsync("run");
        var best = new RawTls(double.MaxValue, 0);
        for (var i = 0; i < Tries; i++)
        {
            var (cpu, started) = (server.CpuSeconds + client.CpuSeconds, Stopwatch.GetTimestamp());
            await client.DoAsync("run");
            var moved = each * connections / GB;
            var measured = new RawTls(
                (server.CpuSeconds + client.CpuSeconds - cpu) / moved, moved / Stopwatch.GetElapsedTime(started).TotalSeconds);
            best = measured.CpuSecondsPerGB < best.CpuSecondsPerGB ? measured : best;
        }

        return best;
    }
}
