using Actors.Contracts.Federations;
using Actors.Experiments.Federations;
using Actors.TestKit.Network;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

/// <summary>A long-lived federation in one process: who takes part, what a person decides, and what is refused.</summary>
public sealed class LongLivedFederationTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);
    private static readonly FederatedModel Model = new(
        () => Sequential(("flatten", Flatten()), ("scores", Linear(64, 10))), parameters => optim.SGD(parameters, 0.1));

    private readonly FederatedDataset _data;
    private readonly string _folder = Directory.CreateTempSubdirectory("long-lived-").FullName;

    public LongLivedFederationTests()
    {
        var (images, classes) = HandwrittenDigits.Load();
        _data = FederatedDataset.Shard(images, classes, collaborators: 2);
    }

    public void Dispose()
    {
        _data.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Experiments_RunOneAfterTheOther_WithThoseWhoTakePart()
    {
        await using var federation = await StartAsync(HostPolicy.Automatic, HostPolicy.Review);
        var first = await SubmitAsync(federation, "first");
        var second = await SubmitAsync(federation, "second");
        using var patience = new CancellationTokenSource(Soon);
        await foreach (var experiment in federation.HostOf("collaborator2").StreamReviewsAsync(patience.Token).Take(2))
        {
            Assert.Equal(("operator", (bool?)null), (experiment.Author, experiment.Accepts));
            Assert.Contains("rounds_to_train: 2", experiment.Plan, StringComparison.Ordinal);
            Assert.Empty(experiment.Sources);
            Assert.Null(await (experiment.Name == "first" ? experiment.ApproveAsync("fine") : experiment.RefuseAsync("not ours")));
        }

        var report = await first.WaitAsync().WaitAsync(Soon);
        Assert.Equal((ExperimentState.Finished, 2), (report.State, report.Round));
        Assert.Equal(["accepted", "accepted"], report.Hosts.Select(host => host.Answer));
        await first.SaveLastModelAsync(Path.Combine(_folder, "first.pbuf"));
        Assert.True(new FileInfo(Path.Combine(_folder, "first.pbuf")).Length > 0);

        report = await second.WaitAsync().WaitAsync(Soon);
        Assert.Equal(ExperimentState.Finished, report.State);
        Assert.Equal(["accepted", "refused: not ours"], report.Hosts.Select(host => host.Answer == "refused" ? $"refused: {host.Reason}" : host.Answer));
        Assert.Equal(false, federation.HostOf("collaborator2").Find("second").Accepts);
    }

    [Fact]
    public async Task Paused_WaitsForTheOperator()
    {
        await using var federation = await StartAsync(HostPolicy.Review, HostPolicy.Automatic);
        var experiment = await SubmitAsync(federation, "first");
        Assert.Equal(ExperimentState.Paused, (await experiment.PauseAsync("not today")).State);
        using var patience = new CancellationTokenSource(Soon);
        await (await federation.HostOf("collaborator1").StreamReviewsAsync(patience.Token).FirstAsync()).ApproveAsync();
        Assert.Equal(("not today", 0), ((await experiment.GetReportAsync()).Reason, (await experiment.GetReportAsync()).Round));

        await experiment.ResumeAsync();

        Assert.Equal(ExperimentState.Finished, (await experiment.WaitAsync().WaitAsync(Soon)).State);
    }

    [Fact]
    public async Task ModelThatThrowsEverywhere_EndsTheExperiment_WithWhatItThrew_AndTheLastModelStays()
    {
        var throws = false;
        var broken = new FederatedModel(
            () => Sequential(("flatten", Flatten()), ("scores", Linear(64, 10))),
            parameters => optim.SGD(parameters, 0.1),
            (scores, classes) => throws ? throw new InvalidOperationException("there is no loss") : functional.cross_entropy(scores, classes));
        await using var federation = await LongLivedFederation.StartAsync(
            broken, _data, new() { Policies = { ["collaborator1"] = HostPolicy.Automatic, ["collaborator2"] = HostPolicy.Automatic } });
        using var package = await federation.PrepareAsync("first", new Dictionary<string, object?>
        {
            ["aggregator.settings.rounds_to_train"] = 10_000,
            ["straggler_handling_policy.template"] = "percentage", // Nobody is left waiting for a round that the other gave up in.
            ["straggler_handling_policy.settings.percent_collaborators_needed"] = 0.5,
        });
        var experiment = await federation.Operator.SubmitAsync(package);
        using var patience = new CancellationTokenSource(Soon);
        await experiment.StreamMetricsAsync(patience.Token).FirstAsync(patience.Token);

        throws = true;

        var report = await experiment.WaitAsync(patience.Token);
        Assert.Equal(
            (ExperimentState.Failed, "every host in it has given up: collaborator1, collaborator2: there is no loss"), (report.State, report.Reason));
        Assert.All(report.Hosts, host => Assert.Equal(("failed", "there is no loss"), (host.Answer, host.Reason)));
        await experiment.SaveLastModelAsync(Path.Combine(_folder, "first.pbuf"));
        Assert.True(new FileInfo(Path.Combine(_folder, "first.pbuf")).Length > 0);
    }

    // No connection lives long enough for all of it.
    [Fact]
    public async Task UploadThatBreaksOff_GoesOnWhereItWas()
    {
        var large = new FederatedModel(
            () => Sequential(("flatten", Flatten()), ("wide", Linear(64, 3000)), ("scores", Linear(3000, 10))), parameters => optim.SGD(parameters, 0.1));
        await using var federation = await LongLivedFederation.StartAsync(large, _data);
        var gateway = FederationFile.Read(federation.Folder).Port;
        await using var network = UnreliableProxy.Start(
            gateway, _ => new ConnectionFault(new() { CutAfterBytes = 400_000 }, StreamFault.None));
        CopyNode(federation.Folder, network.Port);
        using var package = await federation.PrepareAsync("first");
        using var remote = Federation.Open(_folder);

        await remote.SubmitAsync(package).WaitAsync(Soon);

        Assert.Equal(ExperimentState.Waiting, (await federation.Operator.Find("first").GetReportAsync()).State);
        Assert.True(network.Broken > 1, $"{network.Broken} connections broke.");
    }

    [Fact]
    public async Task PlanThatCannotRun_IsRefusedBeforeItIsSubmitted()
    {
        await using var federation = await StartAsync(HostPolicy.Review, HostPolicy.Review);
        var refusal = await Assert.ThrowsAsync<PlanException>(
            () => federation.PrepareAsync("first", new Dictionary<string, object?> { ["aggregator.settings.rounds_to_trian"] = 2 }));
        Assert.Contains("rounds_to_train", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PolicyForNobody_AndHostOfNobody_NameThoseThereAre()
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => LongLivedFederation.StartAsync(Model, _data, new() { Policies = { ["eve"] = HostPolicy.Automatic } }));
        Assert.StartsWith("A policy is for 'eve', who is no collaborator; name one of collaborator1, collaborator2.", refusal.Message, StringComparison.Ordinal);

        await using var federation = await StartAsync(HostPolicy.Review, HostPolicy.Review);
        Assert.StartsWith(
            "No collaborator is called 'eve'", Assert.Throws<ArgumentException>(() => federation.HostOf("eve")).Message, StringComparison.Ordinal);
    }

    // The same node, but for where it takes the aggregator to be.
    private void CopyNode(string from, int port)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(from, "cert"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(_folder, FederationFile.Name), FederationFile.TextOf("localhost", port));
    }

    private Task<LongLivedFederation> StartAsync(HostPolicy first, HostPolicy second) => LongLivedFederation.StartAsync(
        Model, _data, new() { Policies = { ["collaborator1"] = first, ["collaborator2"] = second } });

    private static async Task<FederatedExperiment> SubmitAsync(LongLivedFederation federation, string name)
    {
        using var package = await federation.PrepareAsync(name, new Dictionary<string, object?> { ["aggregator.settings.rounds_to_train"] = 2 });
        return await federation.Operator.SubmitAsync(package);
    }
}
