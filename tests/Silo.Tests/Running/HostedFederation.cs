using System.Security.Cryptography;

using Actors.CollaboratorHost;
using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Compression;
using Actors.Grains.Hosting;
using Actors.Pki;
using Actors.TestKit.Certificates;
using Actors.TestKit.Network;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.Running.Tests;

/// <summary>A real aggregator and the real collaborator hosts of three collaborators, all in this process, over real sockets.</summary>
internal static class HostedFederation
{
    private const int Parameters = 600_000; // Three chunks a model, so that most faults fall into the middle of one.
    private const int Rounds = 2;
    private static readonly string[] Names = ["one", "three", "two"];
    private static readonly string Hash = new('a', 96);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs a federation to its end and gives the digest of its last model.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="authority">The federation's authority.</param>
    /// <param name="faultOf">What the network does to a connection, by its number; null for no proxy at all.</param>
    /// <param name="change">Changes the aggregator's settings.</param>
    /// <param name="trouble">Makes trouble while the federation runs, and ends it; null for none.</param>
    /// <param name="aggregatorFolder">Where the aggregator keeps what it keeps; null for the same folder.</param>
    /// <param name="pipeline">How changes are encoded both ways; null for whole models.</param>
    public static async Task<string> RunAsync(
        string folder,
        TestAuthority authority,
        Func<int, ConnectionFault>? faultOf = null,
        Action<RunningAggregator.Settings>? change = null,
        Func<Task>? trouble = null,
        string? aggregatorFolder = null,
        CompressionPipeline? pipeline = null)
    {
        aggregatorFolder ??= folder;
        using var logs = new CollectedLogs();
        await using var aggregator = await RunningAggregator.StartAsync(aggregatorFolder, authority, Names, Rounds, settings =>
        {
            settings.Manifest = CountingRunner.LayoutOf(Parameters);
            (settings.PlanHash, settings.WorkspaceHash, settings.Publishing) = (Hash, Hash, pipeline);
            settings.Configure = builder => builder.Logging.AddProvider(logs);
            change?.Invoke(settings);
        });
        await using var proxy = faultOf is null ? null : UnreliableProxy.Start(aggregator.Address.Port, faultOf);
        using var over = new CancellationTokenSource();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var address = new UriBuilder(aggregator.Address) { Port = proxy?.Port ?? aggregator.Address.Port }.Uri;
        var hosts = Names.Select(name => HostAsync(folder, authority, name, address, pipeline, loggers, over.Token)).ToList();
        try
        {
            await (trouble?.Invoke() ?? Task.CompletedTask).WaitAsync(Patience);
            await EndAsync(aggregator, hosts, logs);
        }
        finally
        {
            // One whose farewell was lost on the way would ask for ever: there is nobody left to answer.
            await over.CancelAsync();
        }

        Assert.All(await Task.WhenAll(hosts), code => Assert.Contains(code, new[] { ExitCodes.Ended, ExitCodes.Interrupted }));
        await using var model = File.OpenRead(Path.Combine(aggregatorFolder, "last.pbuf"));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(model));
    }

    // A host that gives up before the aggregator has ended is a fault of its own.
    private static async Task EndAsync(RunningAggregator aggregator, List<Task<int>> hosts, CollectedLogs logs)
    {
        var ended = aggregator.Ended;
        var left = hosts.ToList();
        while (left.Count > 0)
        {
            var first = await Task.WhenAny([ended, .. left, Task.Delay(Patience)]);
            Assert.True(first == ended || left.Contains(first), $"The federation stands still at {await WhereAsync(aggregator)}:\n{string.Join('\n', logs.Lines)}");
            if (first == ended)
            {
                return;
            }

            left.Remove((Task<int>)first);
            Assert.True(await (Task<int>)first == ExitCodes.Ended, $"A host gave up:\n{string.Join('\n', logs.Lines)}");
        }

        await ended.WaitAsync(Patience);
    }

    private static async Task<string> WhereAsync(RunningAggregator aggregator)
    {
        try
        {
            var state = await aggregator.Grains.GetExperiment(aggregator.Experiment).GetStateAsync().WaitAsync(TimeSpan.FromSeconds(5));
            var round = await aggregator.Grains.GetRound(new(aggregator.Experiment, state.Round)).GetStatusAsync().WaitAsync(TimeSpan.FromSeconds(5));
            return $"round {state.Round}, {state.Lifecycle}, {round.Phase}, {round.Complete} of {round.Assigned} complete, outstanding: {string.Join(", ", round.Outstanding)}";
        }
        catch (Exception problem)
        {
            return $"an aggregator that does not say: {problem.Message}"; // The test fails anyway, and says more with this.
        }
    }

    private static Task<int> HostAsync(
        string folder,
        TestAuthority authority,
        string name,
        Uri address,
        CompressionPipeline? pipeline,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var trust = authority.Trust();
        return CollaboratorProcess.RunAsync(
            new()
            {
                Collaborator = name,
                Addresses = [address],
                StateFolder = Path.Combine(folder, "hosts"),
                PlanHash = Hash,
                Plan = "{}",
                WorkspaceHash = Hash,
                Compression = pipeline ?? CompressionPipeline.None,
                DeltaUpdates = pipeline is not null,
                ReconnectInterval = TimeSpan.FromMilliseconds(5),
                LongestReconnectInterval = TimeSpan.FromMilliseconds(100),
            },
            new CountingRunner(Parameters),
            new GatewayCredentials(
                authority.Collaborator(name),
                certificate => trust.ProblemWith(certificate, PeerRole.Aggregator)),
            null,
            loggers,
            TimeProvider.System,
            cancellationToken);
    }
}
