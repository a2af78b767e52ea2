using Actors.Contracts.Federations;
using Actors.Contracts.Wire;
using Actors.Silo.Running.Tests;

using Grpc.Core;

namespace Actors.Silo.Federations.Tests;

/// <summary>Who may submit, and what is taken.</summary>
public sealed class SubmissionTests : AggregatorTest
{
    [Fact]
    public async Task Submit_BySomebodyWhoIsNoOperator_IsRefused()
    {
        await using var federation = await StartAsync();
        var collaborator = new Contracts.Wire.Federation.FederationClient(federation.Connect(Authority.Collaborator("one")));

        var refusal = await RefusalAsync(() => federation.SubmitAsync(Experiment("digits"), client: collaborator));

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
        Assert.Contains("Only operators may do this", refusal.Detail, StringComparison.Ordinal);
        Assert.Empty((await federation.Operator().ListAsync(new())).Experiments);
    }

    [Fact]
    public async Task Join_ByAnOperator_IsRefused()
    {
        await using var federation = await StartAsync();
        var gateway = new Contracts.Wire.Gateway.GatewayClient(federation.Connect(Authority.Operator("one")));

        var refusal = await RefusalAsync(async () => await gateway.JoinAsync(new() { Experiment = "demo.1/digits" }));

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
        Assert.Contains("does not serve as a collaborator's", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_WithAChangedByte_IsRefusedByName()
    {
        await using var federation = await StartAsync();

        var refusal = await RefusalAsync(() => federation.SubmitAsync(Experiment("digits"), change: archive => archive[100] ^= 1));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.StartsWith("digits.zip is not the one that its author signed", refusal.Detail, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(federation.Experiments));
    }

    [Fact]
    public async Task Submit_UnderAnotherName_IsRefused()
    {
        await using var federation = await StartAsync();
        var experiment = Experiment("digits");
        var signed = SignedExperiment.Of(experiment.Digests, Authority.Operator("alice"));

        var refusal = await RefusalAsync(() => federation.SubmitAsync(
            experiment, signed with { Text = signed.Text.Replace("digits", "others", StringComparison.Ordinal) }));

        Assert.Contains("The signature is not that of 'CN=alice'", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_SignedByACollaborator_IsRefused()
    {
        await using var federation = await StartAsync();
        var experiment = Experiment("digits");

        var refusal = await RefusalAsync(() => federation.SubmitAsync(
            experiment, SignedExperiment.Of(experiment.Digests, Authority.Collaborator("one"))));

        Assert.StartsWith("The author is not trusted.", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_OfAPlanWithCodeForTheAggregator_IsRefused()
    {
        await using var federation = await StartAsync();

        var refusal = await RefusalAsync(() => federation.SubmitAsync(new(Folder, "digits", TestExperiment.PlanWithOwnRule)));

        Assert.Contains("runs no code of experiments", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_Twice_IsTheSameExperiment_AndAnotherOfTheNameIsRefused()
    {
        await using var federation = await StartAsync();
        Assert.False((await federation.SubmitAsync(Experiment("digits"))).Already);
        Assert.True((await federation.SubmitAsync(Experiment("digits"))).Already);

        var experiment = new TestExperiment(Directory.CreateDirectory(Path.Combine(Folder, "other")).FullName, "digits", TestExperiment.OtherPlan);
        var refusal = await RefusalAsync(() => federation.SubmitAsync(experiment));

        Assert.Equal(StatusCode.AlreadyExists, refusal.StatusCode);
        Assert.Equal(["digits"], (await federation.Operator().ListAsync(new())).Experiments.Select(one => one.Name));
    }

    [Fact]
    public async Task WhatWaits_IsThereAfterARestart_AndCannotBeRemovedBeforeItIsStopped()
    {
        await using (var before = await StartAsync())
        {
            await before.SubmitAsync(Experiment("digits"));
        }

        await using var federation = await StartAsync();
        var client = federation.Operator();
        var report = await client.GetExperimentAsync(new() { Name = "digits" });
        Assert.Equal(("waiting", "waits for the answer of one, two", "alice"), (report.State, report.Reason, report.Author));
        var refusal = await RefusalAsync(async () => await client.RemoveAsync(new() { Name = "digits" }));
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);

        Assert.Equal("stopped", (await client.StopExperimentAsync(new() { Name = "digits", Reason = "no need" })).State);
        await client.RemoveAsync(new() { Name = "digits" });

        Assert.Empty(Directory.GetFileSystemEntries(federation.Experiments));
        Assert.Equal(StatusCode.NotFound, (await RefusalAsync(async () => await client.GetExperimentAsync(new() { Name = "digits" }))).StatusCode);
    }

    [Fact]
    public async Task Submit_ThatBreaksOff_GoesOnWhereItWas_AlsoAfterARestart()
    {
        var experiment = Experiment("digits");
        byte[] bytes = [.. await File.ReadAllBytesAsync(experiment.Archive), .. await File.ReadAllBytesAsync(experiment.Model)];
        await using (var before = await StartAsync())
        {
            await before.BreakOffAsync(experiment, bytes.AsMemory(0, bytes.Length / 2));
            Assert.Equal(bytes.Length / 2, await before.ArrivedAsync(experiment));
            Assert.Empty((await before.Operator().ListAsync(new())).Experiments);
        }

        await using var federation = await StartAsync();
        Assert.Equal(bytes.Length / 2, await federation.ArrivedAsync(experiment));
        Assert.Equal(StatusCode.Aborted, (await RefusalAsync(() => federation.SendAsync(experiment, 0, bytes))).StatusCode);

        await federation.SendAsync(experiment, bytes.Length / 2, bytes.AsMemory(bytes.Length / 2));

        Assert.Equal(["digits"], (await federation.Operator().ListAsync(new())).Experiments.Select(one => one.Name));
        Assert.Equal(0, await federation.ArrivedAsync(experiment));
    }

    [Fact]
    public async Task Submit_WithAWrongBeginning_IsRefused_AndBeginsAnew()
    {
        await using var federation = await StartAsync();
        var experiment = Experiment("digits");
        byte[] bytes = [.. await File.ReadAllBytesAsync(experiment.Archive), .. await File.ReadAllBytesAsync(experiment.Model)];
        await federation.BreakOffAsync(experiment, new byte[100]);

        var refusal = await RefusalAsync(() => federation.SendAsync(experiment, 100, bytes.AsMemory(100)));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal(0, await federation.ArrivedAsync(experiment));
        await federation.SubmitAsync(experiment);
    }

    [Fact]
    public async Task Pause_IsSeen_AndIsForOperatorsAndForWhatIsNotOver()
    {
        await using var federation = await StartAsync();
        await federation.SubmitAsync(Experiment("digits"));
        var client = federation.Operator();

        var paused = await client.PauseExperimentAsync(new() { Name = "digits" });
        Assert.Equal(("paused", "paused by alice"), (paused.State, paused.Reason));
        Assert.Equal("waiting", (await client.ResumeExperimentAsync(new() { Name = "digits" })).State);

        var collaborator = new Contracts.Wire.Federation.FederationClient(federation.Connect(Authority.Collaborator("one")));
        Assert.Equal(
            StatusCode.PermissionDenied, (await RefusalAsync(async () => await collaborator.PauseExperimentAsync(new() { Name = "digits" }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await RefusalAsync(async () => await client.PauseExperimentAsync(new() { Name = "other" }))).StatusCode);
        await client.StopExperimentAsync(new() { Name = "digits" });
        Assert.Equal(
            StatusCode.FailedPrecondition, (await RefusalAsync(async () => await client.ResumeExperimentAsync(new() { Name = "digits" }))).StatusCode);
    }

    [Fact]
    public async Task Archive_IsNotGivenToSomebodyWhoIsNotAsked()
    {
        await using var federation = await StartAsync("one", "two");
        var experiment = Experiment("digits");
        await federation.SubmitAsync(experiment);
        await federation.Operator().StopExperimentAsync(new() { Name = "digits" });
        var hosts = new Hosts.HostsClient(federation.Connect(Authority.Collaborator("one")));

        using var call = hosts.PullArchive(new() { Name = "digits" });
        var refusal = await RefusalAsync(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    private static async Task<Status> RefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).Status;

    private TestExperiment Experiment(string name) => new(Folder, name);

    private Task<RunningFederation> StartAsync(params string[] members) =>
        RunningFederation.StartAsync(Folder, Authority, members.Length > 0 ? members : ["one", "two"]);
}
