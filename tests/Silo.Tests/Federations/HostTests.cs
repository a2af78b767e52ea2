using Actors.CollaboratorHost;
using Actors.CollaboratorHost.Serving;
using Actors.Contracts.Federations;
using Actors.Contracts.Wire;
using Actors.Silo.Running.Tests;

using Grpc.Core;

using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Silo.Federations.Tests;

/// <summary>A collaborator's host against a real federation: what it accepts, and what it runs.</summary>
public sealed class HostTests : AggregatorTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Automatic_AcceptsAndRuns()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one");
        await using var host = new ServedHost(this, federation, "accept: automatic\ndata: scans of 2024\n");
        await federation.SubmitAsync(new(Folder, "digits"));

        var (folder, experiment) = await host.Started.WaitAsync(Soon);

        Assert.Equal("demo.1/digits", experiment);
        Assert.Equal("agreed", await File.ReadAllTextAsync(Path.Combine(folder.Workspace!.BuildFolder, "Workspace.dll")));
        var collaborator = Assert.Single((await federation.Operator().ListCollaboratorsAsync(new())).Collaborators);
        Assert.Equal((true, "scans of 2024"), (collaborator.Here, collaborator.Data));
    }

    [Fact]
    public async Task SignedBy_RefusesAnotherAuthor_WhichEndsTheExperiment()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one");
        await using var host = new ServedHost(this, federation, "accept: signed-by\nauthors: [bob]\n");
        await federation.SubmitAsync(new(Folder, "digits"));

        var report = await UntilAsync(federation, report => report.State == "failed");

        Assert.Equal(HostAnswer.Refused, report.Hosts.Single().Answer);
        Assert.Equal("the policy accepts the experiments of bob only, not of alice", report.Hosts.Single().Reason);
        Assert.False(host.Started.IsCompleted);
    }

    [Fact]
    public async Task Review_WaitsForThePerson_AndThenRuns()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one");
        await using var host = new ServedHost(this, federation, "");
        await federation.SubmitAsync(new(Folder, "digits"));
        await UntilAsync(federation, report => report.Hosts.Single().Answer == HostAnswer.Reviewing);
        Assert.False(host.Started.IsCompleted);

        var folder = Assert.Single(ExperimentFolder.All(host.Experiments));
        folder.Decision = new(true, "looks good");
        using var answer = new ReviewAnswer(federation.Address, federation.Credentials(Authority.Collaborator("one")), TimeProvider.System);
        Assert.Null(await answer.SendAsync(folder, "digits", true, "looks good", CancellationToken.None));

        await host.Started.WaitAsync(Soon);
    }

    // A quick person: the decision is there, and told, before the host says that it waits for one.
    [Fact]
    public async Task Review_DecidedBeforeTheHostSaysThatItWaits_Counts()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one");
        var experiments = Path.Combine(Folder, "hosted");
        await using var host = new ServedHost(this, federation, "", beforePolicy: () =>
        {
            if (ExperimentFolder.All(experiments) is [{ Workspace: not null, Decision: null } folder])
            {
                folder.Decision = new(true, "looks good");
            }
        });
        await federation.SubmitAsync(new(Folder, "digits"));

        await host.Started.WaitAsync(Soon);

        Assert.Equal(HostAnswer.Accepted, (await UntilAsync(federation, report => report.State == "running")).Hosts.Single().Answer);
    }

    [Fact]
    public async Task ChangedByte_IsRefusedByName()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one");
        await federation.SubmitAsync(new(Folder, "digits"));
        ChangeByteOf(Path.Combine(Assert.Single(Directory.GetDirectories(federation.Experiments)), "workspace.zip"));
        await using var host = new ServedHost(this, federation, "accept: automatic\n");

        var report = await UntilAsync(federation, report => report.Hosts.Single().Answer == HostAnswer.Refused);

        Assert.StartsWith("digits.zip is not the one that its author signed", report.Hosts.Single().Reason, StringComparison.Ordinal);
        Assert.Null(Assert.Single(ExperimentFolder.All(host.Experiments)).Workspace);
        Assert.False(host.Started.IsCompleted);
    }

    [Fact]
    public async Task WhatWasNotAcceptedHere_IsNotRun_WhateverTheAggregatorSays()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one");
        await federation.SubmitAsync(new(Folder, "digits"));
        var hosts = new Hosts.HostsClient(federation.Connect(Authority.Collaborator("one")));
        var offered = (await hosts.AttendAsync(new() { Parallel = 1 })).Experiments.Single();
        await hosts.AnswerAsync(new() { Name = "digits", Digest = offered.Digest, Answer = HostAnswer.Accepted });
        await UntilAsync(federation, report => report.State == "running");
        await using var host = new ServedHost(this, federation, "");

        var report = await UntilAsync(federation, report => report.Hosts.Single().Answer == HostAnswer.Failed);

        Assert.Equal("it was not accepted here", report.Hosts.Single().Reason);
        Assert.False(host.Started.IsCompleted);
    }

    [Fact]
    public async Task ProcessThatKeepsFailing_IsGivenUp_WithItsLastWords_WhichEndsTheExperiment()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one");
        await using var host = new ServedHost(this, federation, "accept: automatic\n") { ExitCode = ExitCodes.WorkFailed };
        await federation.SubmitAsync(new(Folder, "digits"));

        var report = await UntilAsync(federation, report => report.State == "failed");

        Assert.Equal("every host in it has given up: one: no such data", report.Reason);
        Assert.Equal((HostAnswer.Failed, "no such data"), (report.Hosts.Single().Answer, report.Hosts.Single().Reason));
        Assert.Equal(4, host.Starts);
    }

    [Fact]
    public async Task ProcessThatCannotBeStarted_IsGivenUp_WithTheReason()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one");
        await using var host = new ServedHost(this, federation, "accept: automatic\n", beforeStart: () => throw new IOException("no process is left"));
        await federation.SubmitAsync(new(Folder, "digits"));

        Assert.Equal("every host in it has given up: one: no process is left", (await UntilAsync(federation, report => report.State == "failed")).Reason);
    }

    [Fact]
    public async Task HostThatGaveUp_StartedAgain_TakesPartAgain()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one", "two");
        var other = new Hosts.HostsClient(federation.Connect(Authority.Collaborator("two")));
        await using (new ServedHost(this, federation, "accept: automatic\n") { ExitCode = ExitCodes.WorkFailed })
        {
            await federation.SubmitAsync(new(Folder, "digits"));
            var offered = (await other.AttendAsync(new() { Parallel = 1 })).Experiments.Single();
            await other.AnswerAsync(new() { Name = "digits", Digest = offered.Digest, Answer = HostAnswer.Accepted });
            await UntilAsync(federation, report => report.Hosts[0].Answer == HostAnswer.Failed);
        }

        await using var again = new ServedHost(this, federation, "accept: automatic\n");

        await again.Started.WaitAsync(Soon);
        await UntilAsync(federation, report => report.Hosts[0].Answer == HostAnswer.Accepted);
    }

    [Fact]
    public async Task RefusedWhileItRuns_EndsItsProcess_UntilItIsAcceptedAnew()
    {
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, "one", "two");
        var other = new Hosts.HostsClient(federation.Connect(Authority.Collaborator("two")));
        await using var host = new ServedHost(this, federation, "accept: automatic\n");
        await federation.SubmitAsync(new(Folder, "digits"));
        var offered = (await other.AttendAsync(new() { Parallel = 1 })).Experiments.Single();
        await other.AnswerAsync(new() { Name = "digits", Digest = offered.Digest, Answer = HostAnswer.Accepted });
        var (folder, _) = await host.Started.WaitAsync(Soon);
        using var answer = new ReviewAnswer(federation.Address, federation.Credentials(Authority.Collaborator("one")), TimeProvider.System);

        folder.Decision = new(false, "not any more");
        Assert.Null(await answer.SendAsync(folder, "digits", false, "not any more", CancellationToken.None));
        await UntilAsync(federation, report => report.Hosts[0].Answer == HostAnswer.Refused && host.Ends == 1);
        Assert.Equal("running", (await UntilAsync(federation, _ => true)).State);

        folder.Decision = new(true, "after all");
        Assert.Null(await answer.SendAsync(folder, "digits", true, "after all", CancellationToken.None));
        await UntilAsync(federation, report => report.Hosts[0].Answer == HostAnswer.Accepted && host.Starts == 2);
    }

    // The queue says that it starts before it is there; a host that is quick must not take that for the end.
    [Fact]
    public async Task Join_WhileTheExperimentIsBeingCreated_IsToBeTriedAgain()
    {
        using var created = new SemaphoreSlim(0);
        await using var federation = await RunningFederation.StartAsync(Folder, Authority, () => created.Wait(Soon), "one");
        await using var host = new ServedHost(this, federation, "accept: automatic\n");
        await federation.SubmitAsync(new(Folder, "digits"));
        var (_, experiment) = await host.Started.WaitAsync(Soon);
        var gateway = new Contracts.Wire.Gateway.GatewayClient(federation.Connect(Authority.Collaborator("one")));

        var early = await Assert.ThrowsAsync<RpcException>(async () => await gateway.JoinAsync(new() { Experiment = experiment }));
        Assert.Equal(StatusCode.Unavailable, early.StatusCode);

        created.Release();
        await UntilAsync(federation, report => report.Status?.Lifecycle == "running");
        Assert.NotNull((await gateway.JoinAsync(new() { Experiment = experiment })).Refused);
    }

    private static void ChangeByteOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Seek(100, SeekOrigin.Begin);
        var value = file.ReadByte();
        file.Seek(100, SeekOrigin.Begin);
        file.WriteByte((byte)(value ^ 1));
    }

    private static async Task<ExperimentReport> UntilAsync(RunningFederation federation, Func<ExperimentReport, bool> holds)
    {
        using var patience = new CancellationTokenSource(Soon);
        var client = federation.Operator();
        while (true)
        {
            var report = await client.GetExperimentAsync(new() { Name = "digits" }, cancellationToken: patience.Token);
            if (holds(report))
            {
                return report;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>The host of <c>one</c>; its collaborator's process does nothing.</summary>
    private sealed class ServedHost : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource<(ExperimentFolder Folder, string Experiment)> _started = new();
        private readonly Task<int> _serving;
        private readonly Action _beforeStart;
        private int _starts;
        private int _ends;

        public ServedHost(HostTests tests, RunningFederation federation, string policy, Action? beforePolicy = null, Action? beforeStart = null)
        {
            _beforeStart = beforeStart ?? (() => { });
            Experiments = Path.Combine(tests.Folder, "hosted");
            _serving = ServeProcess.RunAsync(
                new()
                {
                    Collaborator = "one",
                    Addresses = [federation.Address],
                    ExperimentsFolder = Experiments,
                    ReadPolicy = () =>
                    {
                        beforePolicy?.Invoke();
                        return HostPolicy.Parse(policy);
                    },
                    TrustAuthor = federation.ProblemWithAuthor,
                    Start = Start,
                    ReconnectInterval = TimeSpan.FromMilliseconds(5),
                    LongestReconnectInterval = TimeSpan.FromMilliseconds(50),
                },
                federation.Credentials(tests.Authority.Collaborator("one")),
                NullLoggerFactory.Instance,
                TimeProvider.System,
                _stop.Token);
        }

        public string Experiments { get; }

        /// <summary>What the collaborator's process ends with; null to run on.</summary>
        public int? ExitCode { get; init; }

        public int Starts => Volatile.Read(ref _starts);

        public int Ends => Volatile.Read(ref _ends);

        public Task<(ExperimentFolder Folder, string Experiment)> Started => _started.Task;

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            Assert.Equal(ExitCodes.Interrupted, await _serving.WaitAsync(Soon));
            _stop.Dispose();
        }

        private Child Start(ExperimentFolder folder, string experiment)
        {
            _beforeStart();
            Interlocked.Increment(ref _starts);
            _started.TrySetResult((folder, experiment));
            return new(ExitCode, () => Interlocked.Increment(ref _ends));
        }

        private sealed class Child(int? exitCode, Action ended) : ICollaboratorChild
        {
            public string LastWords => "no such data";

            public async Task<int> EndAsync(CancellationToken cancellationToken)
            {
                if (exitCode is null)
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }

                return exitCode!.Value;
            }

            public void Dispose() => ended();
        }
    }
}
